package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a request took.
 *
 * @param input tokens asked
 * @param output tokens answered
 * @param estimated whether the target did not say, and they were counted by the text's length
 */
public record Usage(long input, long output, boolean estimated) {
  public static final Usage NONE = new Usage(0, 0, false);

  /** As OpenAI's API tells it. */
  public static Optional<Usage> of(JsonNode body) {
    JsonNode usage = body.path("usage");
    return usage.isObject()
        ? Optional.of(
            new Usage(
                usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong()),
                usage.path("completion_tokens").asLong(usage.path("output_tokens").asLong()),
                false))
        : Optional.empty();
  }

  /** Where nobody told: counted by the length of the question and of the answer. */
  public static Usage byLength(Call call, int answered) {
    return new Usage(Texts.tokens(call), Texts.tokens(answered), true);
  }

  public Usage plus(Usage other) {
    return new Usage(input + other.input, output + other.output, estimated || other.estimated);
  }

  public long total() {
    return input + output;
  }
}
