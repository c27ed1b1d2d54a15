/**
 * Flotilla's own services: the JVM of a group as an agent that the others need, and its services
 * started and stopped over the bus. Start reading at {@link dev.flotilla.node.host.HostAgents}.
 */
@NullMarked
package dev.flotilla.node.host;

import org.jspecify.annotations.NullMarked;
