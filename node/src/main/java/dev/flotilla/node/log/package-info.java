/**
 * The logs of agents: appended by the agents themselves, rotated, compressed and read here. Start
 * reading at {@link dev.flotilla.node.log.Logs}.
 */
@NullMarked
package dev.flotilla.node.log;

import org.jspecify.annotations.NullMarked;
