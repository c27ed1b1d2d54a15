package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** An answer in the words of OpenAI's API. */
public sealed interface Reply {

  /** All of it. */
  record Whole(ObjectNode body) implements Reply {}

  /** Bit by bit. For one thread; closing it ends the transfer of the rest. */
  non-sealed interface Chunks extends Reply, AutoCloseable {
    /**
     * Waits for the next.
     *
     * @return empty after the last
     * @throws UpstreamException when the stream broke
     */
    Optional<Chunk> next() throws UpstreamException;

    @Override
    void close();
  }

  /**
   * A part of a streamed answer.
   *
   * @param json as it is passed on
   * @param tree the same, read
   */
  record Chunk(String json, JsonNode tree) {
    private static final List<String> WRITTEN = List.of("content", "refusal", "reasoning_content");

    /** The text in it. */
    public String text() {
      JsonNode choice = tree.path("choices").path(0);
      return choice.path("delta").path("content").asText(choice.path("text").asText(""));
    }

    /** How much was written: text, refusals, thoughts and what tools are called with. */
    public long letters() {
      return tree.path("choices").valueStream().mapToLong(Chunk::letters).sum();
    }

    private static long letters(JsonNode choice) {
      JsonNode delta = choice.path("delta");
      long letters = choice.path("text").asText("").length();
      for (String field : WRITTEN) {
        letters += delta.path(field).asText("").length();
      }
      for (JsonNode call : delta.path("tool_calls")) {
        JsonNode function = call.path("function");
        letters += function.path("name").asText("").length();
        letters += function.path("arguments").asText("").length();
      }
      return letters;
    }

    /** Whether it says why the answer ends. */
    public boolean last() {
      return tree.path("choices")
          .valueStream()
          .anyMatch(choice -> choice.hasNonNull("finish_reason"));
    }
  }
}
