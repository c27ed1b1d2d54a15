package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole answer, told as the stream it might have been. Pure. */
public final class Replay {
  private Replay() {}

  /** The parts of an answer to a chat or a completion, with what it took as the last. */
  public static List<Reply.Chunk> parts(Call.Kind kind, JsonNode whole) {
    if (kind == Call.Kind.COMPLETION) {
      return List.of(new Reply.Chunk(whole.toString(), whole));
    }
    List<Reply.Chunk> parts = new ArrayList<>();
    String id = whole.path("id").asText();
    long created = whole.path("created").asLong();
    String model = whole.path("model").asText();
    for (JsonNode choice : whole.path("choices")) {
      ObjectNode said = Answers.object();
      if (choice.path("message") instanceof ObjectNode message) {
        message.properties().forEach(field -> field(field.getKey(), field.getValue(), said));
      }
      said.put("role", "assistant");
      parts.add(at(choice, Answers.delta(id, created, model, said, Optional.empty())));
      Optional<String> finish = Optional.of(choice.path("finish_reason").asText("stop"));
      parts.add(at(choice, Answers.delta(id, created, model, Answers.object(), finish)));
    }
    Usage.of(whole).ifPresent(usage -> parts.add(Answers.usageChunk(id, created, model, usage)));
    return parts;
  }

  /** Calls of tools are numbered in a stream; what a message does not have is not told in one. */
  private static void field(String name, JsonNode value, ObjectNode said) {
    if (name.equals("tool_calls")) {
      int index = 0;
      for (JsonNode call : value) {
        said.withArray(name).add(((ObjectNode) call.deepCopy()).put("index", index++));
      }
    } else if (!value.isNull()) {
      said.set(name, value);
    }
  }

  private static Reply.Chunk at(JsonNode told, Reply.Chunk part) {
    if (!(part.tree().path("choices").path(0) instanceof ObjectNode choice)) {
      return part;
    }
    choice.put("index", told.path("index").asInt());
    if (told.hasNonNull("logprobs") && !choice.hasNonNull("finish_reason")) {
      choice.set("logprobs", told.get("logprobs"));
    }
    return new Reply.Chunk(part.tree().toString(), part.tree());
  }
}
