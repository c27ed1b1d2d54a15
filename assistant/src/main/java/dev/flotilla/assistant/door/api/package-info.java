/**
 * The words of OpenAI's API: requests read strictly, and errors as its clients expect them. Start
 * reading at {@link dev.flotilla.assistant.door.api.RequestReader}.
 */
@NullMarked
package dev.flotilla.assistant.door.api;

import org.jspecify.annotations.NullMarked;
