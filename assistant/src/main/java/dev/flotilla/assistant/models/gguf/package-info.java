/**
 * What the header of a GGUF file says, read without loading a weight. Start reading at {@link
 * dev.flotilla.assistant.models.gguf.GgufReader}.
 */
@NullMarked
package dev.flotilla.assistant.models.gguf;

import org.jspecify.annotations.NullMarked;
