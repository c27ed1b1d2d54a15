/**
 * Answers that are given again: what may be kept, for whom, and how a kept answer becomes a stream.
 * Start reading at {@link dev.flotilla.assistant.door.answers.AnswerCache}.
 */
@NullMarked
package dev.flotilla.assistant.door.answers;

import org.jspecify.annotations.NullMarked;
