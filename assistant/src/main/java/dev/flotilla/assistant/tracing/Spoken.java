package dev.flotilla.assistant.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What was said, in the shape OpenTelemetry's conventions have for messages. Pure. */
final class Spoken {
  private Spoken() {}

  /** The messages of a request. */
  static String input(JsonNode messages) {
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    messages.forEach(message -> message(message, told));
    return told.toString();
  }

  /** The choices of a whole answer. */
  static String output(JsonNode choices) {
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    for (JsonNode choice : choices) {
      message(choice.path("message"), told)
          .put("finish_reason", choice.path("finish_reason").asText(""));
    }
    return told.toString();
  }

  /** The words of a stream. */
  static String output(String text, String finish) {
    ArrayNode told = JsonNodeFactory.instance.arrayNode();
    ObjectNode message = told.addObject().put("role", "assistant");
    text(text, message.putArray("parts"));
    message.put("finish_reason", finish);
    return told.toString();
  }

  private static ObjectNode message(JsonNode message, ArrayNode told) {
    String role = message.path("role").asText("assistant");
    ObjectNode one = told.addObject().put("role", role);
    ArrayNode parts = one.putArray("parts");
    JsonNode content = message.path("content");
    if (role.equals("tool")) {
      ObjectNode result = parts.addObject().put("type", "tool_call_response");
      result.put("id", message.path("tool_call_id").asText()).set("response", content);
    } else if (content.isArray()) {
      content.forEach(part -> part(part, parts));
    } else if (content.isTextual()) {
      text(content.asText(), parts);
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      ObjectNode part = parts.addObject().put("type", "tool_call");
      part.put("id", call.path("id").asText()).put("name", function.path("name").asText());
      part.put("arguments", function.path("arguments").asText());
    }
    return one;
  }

  private static void part(JsonNode part, ArrayNode parts) {
    if (part.path("type").asText().equals("text")) {
      text(part.path("text").asText(), parts);
    } else {
      parts.add(part);
    }
  }

  private static void text(String text, ArrayNode parts) {
    parts.addObject().put("type", "text").put("content", text);
  }
}
