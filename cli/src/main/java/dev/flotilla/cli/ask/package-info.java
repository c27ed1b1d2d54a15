/**
 * Asking the fleet in words: one question, a conversation, and how well the router knows what it
 * does. Start reading at {@link dev.flotilla.cli.ask.AskCommand}.
 */
@NullMarked
package dev.flotilla.cli.ask;

import org.jspecify.annotations.NullMarked;
