/**
 * How files hang together: modules, imports, cycles, and the agents that configurations name. Start
 * at {@link dev.flotilla.scan.graph.Repository}.
 */
@NullMarked
package dev.flotilla.scan.graph;

import org.jspecify.annotations.NullMarked;
