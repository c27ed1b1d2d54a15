package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Answers in the words of OpenAI's API, for targets that have their own. */
public final class Answers {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Answers() {}

  public static ObjectNode chat(
      String id, long created, String model, ObjectNode message, String finish, Usage usage) {
    ObjectNode body = head("chat.completion", id, created, model);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("message", message);
    choice.putNull("logprobs");
    choice.put("finish_reason", finish);
    body.set("usage", usage(usage));
    return body;
  }

  public static ObjectNode message(String text) {
    ObjectNode message = NODES.objectNode();
    message.put("role", "assistant").put("content", text).putNull("refusal");
    return message;
  }

  static ObjectNode completion(String id, long created, String model, String text, Usage usage) {
    return completion(id, created, model, text, Optional.of("stop"), Optional.of(usage));
  }

  /** A completion, or a part of a streamed one. */
  public static ObjectNode completion(
      String id,
      long created,
      String model,
      String text,
      Optional<String> finish,
      Optional<Usage> usage) {
    ObjectNode body = head("text_completion", id, created, model);
    body.putArray("choices")
        .addObject()
        .put("text", text)
        .put("index", 0)
        .put("finish_reason", finish.orElse(null))
        .putNull("logprobs");
    usage.ifPresent(used -> body.set("usage", usage(used)));
    return body;
  }

  /** A part of a streamed chat. */
  public static Reply.Chunk delta(
      String id, long created, String model, ObjectNode delta, Optional<String> finish) {
    ObjectNode body = head("chat.completion.chunk", id, created, model);
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("delta", delta);
    finish.ifPresentOrElse(
        reason -> choice.put("finish_reason", reason), () -> choice.putNull("finish_reason"));
    return new Reply.Chunk(body.toString(), body);
  }

  /** The last part of a streamed answer, with what it took. */
  public static Reply.Chunk usageChunk(String id, long created, String model, Usage usage) {
    ObjectNode body = head("chat.completion.chunk", id, created, model);
    body.putArray("choices");
    body.set("usage", usage(usage));
    return new Reply.Chunk(body.toString(), body);
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** Vectors, one for each text. */
  public static ObjectNode embeddings(String model, List<float[]> vectors, Usage usage) {
    ObjectNode body = NODES.objectNode().put("object", "list").put("model", model);
    ArrayNode data = body.putArray("data");
    for (int i = 0; i < vectors.size(); i++) {
      ArrayNode vector =
          data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
      for (float each : vectors.get(i)) {
        vector.add(each);
      }
    }
    ObjectNode used = usage(usage);
    used.remove("completion_tokens");
    body.set("usage", used);
    return body;
  }

  private static ObjectNode head(String object, String id, long created, String model) {
    return NODES
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  private static ObjectNode usage(Usage usage) {
    ObjectNode told =
        NODES
            .objectNode()
            .put("prompt_tokens", usage.input())
            .put("completion_tokens", usage.output())
            .put("total_tokens", usage.total());
    if (usage.cached() > 0) {
      told.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    }
    if (usage.reasoning() > 0) {
      told.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    }
    return told;
  }
}
