/**
 * The built-in engine: answers light questions about the fleet, time and units without a model, and
 * says so when it does not know. Start reading at {@link
 * dev.flotilla.assistant.builtin.BuiltInEngine}.
 */
@NullMarked
package dev.flotilla.assistant.builtin;

import org.jspecify.annotations.NullMarked;
