package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    /** The text in it. */
    public String text() {
      JsonNode choice = tree.path("choices").path(0);
      return choice.path("delta").path("content").asText(choice.path("text").asText(""));
    }

    /** Whether it says why the answer ends. */
    public boolean last() {
      return tree.path("choices")
          .valueStream()
          .anyMatch(choice -> choice.hasNonNull("finish_reason"));
    }
  }
}
