/**
 * Agents that are containers, run by the client of a container engine as supervised processes.
 * Start reading at {@link dev.flotilla.node.container.ContainerRunner}.
 */
@NullMarked
package dev.flotilla.node.container;

import org.jspecify.annotations.NullMarked;
