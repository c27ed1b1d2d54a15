/**
 * Models run inside of this JVM, llama.cpp's and ONNX Runtime's, behind OpenAI's API on the
 * service's own listener. Start reading at {@link
 * dev.flotilla.assistant.models.inside.InsideEngine}.
 */
@NullMarked
package dev.flotilla.assistant.models.inside;

import org.jspecify.annotations.NullMarked;
