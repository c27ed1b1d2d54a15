/**
 * Processes on Linux: starting them in a session of their own, seeing their end, ending whole
 * trees, reading {@code /proc}. Start reading at {@link dev.flotilla.node.process.Processes}.
 */
@NullMarked
package dev.flotilla.node.process;

import org.jspecify.annotations.NullMarked;
