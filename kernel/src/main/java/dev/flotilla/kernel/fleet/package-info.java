/**
 * What a service knows of the whole fleet: the manifest in force, what the nodes last said of each
 * agent, and how old that is. Start reading at {@link dev.flotilla.kernel.fleet.FleetView}.
 */
@NullMarked
package dev.flotilla.kernel.fleet;

import org.jspecify.annotations.NullMarked;
