package dev.flotilla.assistant.door.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Answers;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole answer, told again as the stream it might have been. */
public final class Replay {
  private Replay() {}

  /** The parts of an answer to a chat or a completion, with what it took as the last. */
  public static List<Reply.Chunk> parts(Call.Kind kind, JsonNode whole) {
    List<Reply.Chunk> parts = new ArrayList<>();
    if (kind == Call.Kind.COMPLETION) {
      parts.add(new Reply.Chunk(whole.toString(), whole));
      return parts;
    }
    String id = whole.path("id").asText();
    long created = whole.path("created").asLong();
    String model = whole.path("model").asText();
    for (JsonNode choice : whole.path("choices")) {
      int index = choice.path("index").asInt();
      String text = choice.path("message").path("content").asText("");
      ObjectNode first = Answers.object().put("role", "assistant").put("content", "");
      parts.add(at(index, Answers.delta(id, created, model, first, Optional.empty())));
      ObjectNode said = Answers.object().put("content", text);
      parts.add(at(index, Answers.delta(id, created, model, said, Optional.empty())));
      Optional<String> finish = Optional.of(choice.path("finish_reason").asText("stop"));
      parts.add(at(index, Answers.delta(id, created, model, Answers.object(), finish)));
    }
    Usage.of(whole).ifPresent(usage -> parts.add(Answers.usageChunk(id, created, model, usage)));
    return parts;
  }

  private static Reply.Chunk at(int index, Reply.Chunk part) {
    if (index > 0 && part.tree().path("choices").path(0) instanceof ObjectNode choice) {
      choice.put("index", index);
      return new Reply.Chunk(part.tree().toString(), part.tree());
    }
    return part;
  }
}
