package dev.flotilla.assistant.door.answers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import java.util.List;
import java.util.Optional;

/**
 * What one request found in the cache.
 *
 * @param told for its explanation: {@code off}, {@code hit}, {@code hit by meaning …}, {@code miss}
 *     or {@code passed by: …}
 * @param answer that is given again
 */
public record Visit(String told, Optional<ObjectNode> answer, Keeper keeper) {
  static final Keeper KEEPS_NOTHING = (by, answer) -> {};

  /** Keeps an answer, if it may be kept at all. */
  @FunctionalInterface
  public interface Keeper {
    /**
     * @param by the target that gave it
     */
    void keep(String by, ObjectNode answer);
  }

  static Visit none(String told) {
    return new Visit(told, Optional.empty(), KEEPS_NOTHING);
  }

  /** The stream, which is kept once it has passed whole. */
  public Reply.Chunks listening(
      Call.Kind kind, String by, Reply.Chunks chunks, List<Reply.Chunk> begun) {
    return answer.isPresent() || told.equals("off")
        ? chunks
        : new Gathering(chunks, begun, kind, whole -> keeper.keep(by, whole));
  }
}
