/**
 * What every service of the hub knows of the fleet: the manifest in force, what the nodes last said
 * of each agent, and how old that is. Start reading at {@link dev.flotilla.hub.fleet.FleetView}.
 */
@NullMarked
package dev.flotilla.hub.fleet;

import org.jspecify.annotations.NullMarked;
