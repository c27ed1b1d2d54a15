/**
 * What a text means, as a direction in space: the sentence model all-MiniLM-L6-v2 inside this
 * process, with nothing to download and nothing loaded before it is asked for. Start reading at
 * {@link dev.flotilla.assistant.embedding.MiniLm}.
 */
@NullMarked
package dev.flotilla.assistant.embedding;

import org.jspecify.annotations.NullMarked;
