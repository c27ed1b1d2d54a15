package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request on its way to a target.
 *
 * @param body as OpenAI's API has it; not to be changed
 * @param stream whether the answer is wanted bit by bit
 * @param left how much time there is
 * @param headers to be passed on to a server, such as those of a trace
 */
public record Call(
    Kind kind, ObjectNode body, boolean stream, Duration left, Map<String, String> headers) {

  public Call(Kind kind, ObjectNode body, boolean stream, Duration left) {
    this(kind, body, stream, left, Map.of());
  }

  /** What is wanted. */
  public enum Kind {
    CHAT("/chat/completions"),
    COMPLETION("/completions"),
    EMBEDDING("/embeddings");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    /** Below {@code /v1}. */
    public String path() {
      return path;
    }
  }

  /** What the user said last, as plain text; of a list of texts all of them. */
  public String text() {
    return Texts.asked(kind, body);
  }

  /** The roles and texts of a conversation, in order. */
  public List<Texts.Said> conversation() {
    return Texts.conversation(body);
  }
}
