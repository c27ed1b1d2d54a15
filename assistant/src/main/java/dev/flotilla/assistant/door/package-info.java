/**
 * The door of the fleet: every request to a model comes in here, is let in, routed, answered and
 * accounted for. Start reading at {@link dev.flotilla.assistant.door.Door}.
 */
@NullMarked
package dev.flotilla.assistant.door;

import org.jspecify.annotations.NullMarked;
