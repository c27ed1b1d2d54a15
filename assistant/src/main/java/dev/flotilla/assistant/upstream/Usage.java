package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How many tokens a request took.
 *
 * @param input tokens asked
 * @param output tokens answered
 * @param cached of those asked, how many the target had read before
 * @param reasoning of those answered, how many nobody sees
 * @param estimated whether the target did not say, and they were counted by the text's length
 */
public record Usage(long input, long output, long cached, long reasoning, boolean estimated) {
  public static final Usage NONE = new Usage(0, 0, false);

  public Usage(long input, long output, boolean estimated) {
    this(input, output, 0, 0, estimated);
  }

  /** As OpenAI's API tells it. */
  public static Optional<Usage> of(JsonNode body) {
    JsonNode usage = body.path("usage");
    return usage.isObject()
        ? Optional.of(
            new Usage(
                usage.path("prompt_tokens").asLong(usage.path("input_tokens").asLong()),
                usage.path("completion_tokens").asLong(usage.path("output_tokens").asLong()),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(),
                false))
        : Optional.empty();
  }

  /** As Anthropic's API tells it, which counts what it had read before apart. */
  static Usage ofAnthropic(JsonNode usage) {
    long read = usage.path("cache_read_input_tokens").asLong();
    long input =
        usage.path("input_tokens").asLong()
            + usage.path("cache_creation_input_tokens").asLong()
            + read;
    return new Usage(input, usage.path("output_tokens").asLong(), read, 0, false);
  }

  /** Where nobody told: counted by the length of the question and of the answer. */
  public static Usage byLength(Call call, long answered) {
    return new Usage(Texts.tokens(call), Texts.tokens(answered), true);
  }

  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        output + other.output,
        cached + other.cached,
        reasoning + other.reasoning,
        estimated || other.estimated);
  }

  public long total() {
    return input + output;
  }
}
