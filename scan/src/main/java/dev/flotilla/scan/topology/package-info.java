/**
 * Who binds and who connects: addresses with everything put in that the repository tells, and what
 * it does not tell said. Start at {@link dev.flotilla.scan.topology.Topology}.
 */
@NullMarked
package dev.flotilla.scan.topology;

import org.jspecify.annotations.NullMarked;
