/**
 * Asks agents how they are, over HTTP, TCP, a command, the bus or ZeroMQ, and tells the answers.
 * Start reading at {@link dev.flotilla.node.probe.Prober}.
 */
@NullMarked
package dev.flotilla.node.probe;

import org.jspecify.annotations.NullMarked;
