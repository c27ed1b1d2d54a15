package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A chat of OpenAI's API as a request of Anthropic's. Pure. */
final class AnthropicRequest {
  private AnthropicRequest() {}

  static ObjectNode of(ObjectNode chat, Optional<String> model, int mostTokens)
      throws UpstreamException {
    ObjectNode request = Answers.object();
    request.put("model", model.orElseGet(() -> chat.path("model").asText()));
    request.put(
        "max_tokens",
        chat.path("max_completion_tokens").asInt(chat.path("max_tokens").asInt(mostTokens)));
    StringBuilder system = new StringBuilder();
    ArrayNode messages = request.putArray("messages");
    for (JsonNode message : chat.path("messages")) {
      switch (message.path("role").asText()) {
        case "system", "developer" ->
            system
                .append(system.isEmpty() ? "" : "\n\n")
                .append(Texts.content(message.path("content")));
        case "tool" -> toolResult(message, messages);
        case "assistant" -> assistant(message, messages.addObject());
        default -> user(message, messages.addObject());
      }
    }
    if (!system.isEmpty()) {
      request.put("system", system.toString());
    }
    if (chat.path("temperature").isNumber()) {
      request.put("temperature", Math.min(1, chat.path("temperature").asDouble()));
    }
    if (chat.path("top_p").isNumber()) {
      request.set("top_p", chat.path("top_p"));
    }
    stop(chat.path("stop"), request);
    tools(chat, request);
    return request;
  }

  private static void user(JsonNode message, ObjectNode turn) throws UpstreamException {
    turn.put("role", "user");
    for (JsonNode part : message.path("content")) {
      if (part.isObject() && !part.path("type").asText().equals("text")) {
        throw UpstreamException.unable(
            "parts of the type " + part.path("type").asText() + " are not passed on to it");
      }
    }
    turn.put("content", Texts.content(message.path("content")));
  }

  private static void assistant(JsonNode message, ObjectNode turn) throws UpstreamException {
    turn.put("role", "assistant");
    String text = Texts.content(message.path("content"));
    if (message.path("tool_calls").isEmpty()) {
      turn.put("content", text);
      return;
    }
    ArrayNode parts = turn.putArray("content");
    if (!text.isEmpty()) {
      parts.addObject().put("type", "text").put("text", text);
    }
    for (JsonNode call : message.path("tool_calls")) {
      ObjectNode part = parts.addObject();
      part.put("type", "tool_use").put("id", call.path("id").asText());
      part.put("name", call.path("function").path("name").asText());
      String arguments = call.path("function").path("arguments").asText("");
      part.set("input", arguments.isBlank() ? Answers.object() : Server.tree(arguments));
    }
  }

  /** Results of several tools are parts of one turn of the user. */
  private static void toolResult(JsonNode message, ArrayNode messages) {
    JsonNode last = messages.path(messages.size() - 1);
    ArrayNode parts =
        last.path("role").asText().equals("user") && last.path("content") instanceof ArrayNode open
            ? open
            : messages.addObject().put("role", "user").putArray("content");
    parts
        .addObject()
        .put("type", "tool_result")
        .put("tool_use_id", message.path("tool_call_id").asText())
        .put("content", Texts.content(message.path("content")));
  }

  private static void stop(JsonNode stop, ObjectNode request) {
    if (stop.isTextual()) {
      request.putArray("stop_sequences").add(stop.asText());
    } else if (stop.isArray() && !stop.isEmpty()) {
      request.set("stop_sequences", stop);
    }
  }

  private static void tools(ObjectNode chat, ObjectNode request) {
    if (chat.path("tools").isEmpty()) {
      return;
    }
    ArrayNode tools = request.putArray("tools");
    for (JsonNode tool : chat.path("tools")) {
      JsonNode function = tool.path("function");
      ObjectNode one = tools.addObject().put("name", function.path("name").asText());
      if (function.hasNonNull("description")) {
        one.put("description", function.path("description").asText());
      }
      one.set(
          "input_schema",
          function.path("parameters").isObject()
              ? function.path("parameters")
              : Answers.object().put("type", "object"));
    }
    JsonNode choice = chat.path("tool_choice");
    if (choice.isObject()) {
      request
          .putObject("tool_choice")
          .put("type", "tool")
          .put("name", choice.path("function").path("name").asText());
    } else if (choice.isTextual()) {
      request
          .putObject("tool_choice")
          .put("type", choice.asText().equals("required") ? "any" : choice.asText());
    }
  }
}
