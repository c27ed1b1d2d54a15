package dev.flotilla.assistant.door.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Answers;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Listens to a stream that passes and makes the whole answer of it, if it ends as it should and is
 * nothing but the text of one choice whose usage was told. For one thread.
 */
final class Gathering implements Reply.Chunks {
  private final Reply.Chunks chunks;
  private final Call.Kind kind;
  private final Consumer<ObjectNode> whole;
  private final StringBuilder text = new StringBuilder();
  private Optional<JsonNode> head = Optional.empty();
  private Optional<String> finish = Optional.empty();
  private Optional<Usage> usage = Optional.empty();
  private boolean fit = true;

  /**
   * @param begun parts that have passed already
   */
  Gathering(
      Reply.Chunks chunks, List<Reply.Chunk> begun, Call.Kind kind, Consumer<ObjectNode> whole) {
    this.chunks = chunks;
    this.kind = kind;
    this.whole = whole;
    begun.forEach(this::hear);
  }

  @Override
  public Optional<Reply.Chunk> next() throws UpstreamException {
    Optional<Reply.Chunk> next = chunks.next();
    next.ifPresentOrElse(this::hear, this::ended);
    return next;
  }

  private void hear(Reply.Chunk chunk) {
    JsonNode tree = chunk.tree();
    JsonNode choices = tree.path("choices");
    JsonNode choice = choices.path(0);
    fit &=
        choices.size() <= 1
            && choice.path("index").asInt() == 0
            && !choice.hasNonNull("logprobs")
            && Fitness.plain(choice.path("delta"));
    if (head.isEmpty()) {
      head = Optional.of(tree);
    }
    text.append(chunk.text());
    if (choice.hasNonNull("finish_reason")) {
      finish = Optional.of(choice.path("finish_reason").asText());
    }
    Usage.of(tree).ifPresent(told -> usage = Optional.of(told));
  }

  private void ended() {
    if (!fit || head.isEmpty() || finish.isEmpty() || usage.isEmpty()) {
      return;
    }
    String id = head.get().path("id").asText();
    long created = head.get().path("created").asLong();
    String model = head.get().path("model").asText();
    whole.accept(
        kind == Call.Kind.COMPLETION
            ? Answers.completion(id, created, model, text.toString(), finish, usage)
            : Answers.chat(
                id, created, model, Answers.message(text.toString()), finish.get(), usage.get()));
    fit = false;
  }

  @Override
  public void close() {
    chunks.close();
  }
}
