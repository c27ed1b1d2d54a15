package dev.flotilla.assistant.door.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Call;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which requests and answers a cache may have. */
final class Fitness {
  private static final List<String> TOOLS = List.of("tools", "functions");
  private static final Set<String> PLAIN = Set.of("role", "content", "refusal", "annotations");

  private Fitness() {}

  /** Why the answer to a request is neither looked for nor kept; empty when it may be. */
  static Optional<String> unfit(Call call, boolean anyTemperature) {
    JsonNode temperature = call.body().path("temperature");
    if (!anyTemperature && temperature.isNumber() && temperature.doubleValue() > 0) {
      return Optional.of("temperature " + temperature.asText());
    }
    return TOOLS.stream()
        .filter(field -> !call.body().path(field).isEmpty())
        .findFirst()
        .map(field -> "it offers " + field);
  }

  /** Whether an answer is nothing but text, or vectors, and complete. */
  static boolean complete(Call.Kind kind, JsonNode answer) {
    JsonNode choices = answer.path("choices");
    return switch (kind) {
      case EMBEDDING -> !answer.path("data").isEmpty();
      case COMPLETION ->
          !choices.isEmpty()
              && choices.valueStream().allMatch(choice -> choice.hasNonNull("finish_reason"));
      case CHAT ->
          !choices.isEmpty()
              && choices
                  .valueStream()
                  .allMatch(
                      choice ->
                          choice.hasNonNull("finish_reason") && plain(choice.path("message")));
    };
  }

  /** Whether a message, or a part of one, has nothing but text. */
  static boolean plain(JsonNode message) {
    return message
        .propertyStream()
        .allMatch(
            field ->
                PLAIN.contains(field.getKey())
                    || field.getValue().isNull()
                    || (field.getValue().isEmpty() && field.getValue().isContainerNode()));
  }

  /**
   * The question of a request that asks nothing but one plain question, after a system prompt at
   * most.
   */
  static Optional<String> singleQuestion(Call call) {
    if (call.kind() != Call.Kind.CHAT) {
      return Optional.empty();
    }
    Optional<String> question = Optional.empty();
    for (Iterator<JsonNode> all = call.body().path("messages").iterator(); all.hasNext(); ) {
      JsonNode message = all.next();
      switch (message.path("role").asText()) {
        case "system", "developer" -> {}
        case "user" -> {
          if (all.hasNext() || !message.path("content").isTextual()) {
            return Optional.empty();
          }
          question = Optional.of(message.path("content").asText());
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return question;
  }

  /** A request without its last message: what two questions must have in common. */
  static ObjectNode withoutQuestion(Call call) {
    ObjectNode rest = call.body().deepCopy();
    var messages = rest.withArray("messages");
    var _ = messages.remove(messages.size() - 1);
    return rest;
  }
}
