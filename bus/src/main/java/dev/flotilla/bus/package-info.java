/**
 * Messages between agents: the NATS client behind a small interface, the subjects and events of a
 * fleet, and the embedded server. Start reading at {@code Bus}.
 */
@NullMarked
package dev.flotilla.bus;

import org.jspecify.annotations.NullMarked;
