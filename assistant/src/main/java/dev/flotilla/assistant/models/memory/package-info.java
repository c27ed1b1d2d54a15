/**
 * How much memory a model will take on a card, before it is loaded. Start reading at {@link
 * dev.flotilla.assistant.models.memory.Estimate}.
 */
@NullMarked
package dev.flotilla.assistant.models.memory;

import org.jspecify.annotations.NullMarked;
