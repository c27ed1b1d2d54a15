package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The input of a request of the responses API as the messages of a chat. Pure. */
final class ResponsesInput {
  private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");

  private ResponsesInput() {}

  static void read(JsonNode input, ArrayNode messages) throws ApiException {
    if (input.isTextual()) {
      messages.addObject().put("role", "user").set("content", input);
      return;
    }
    if (!input.isArray() || input.isEmpty()) {
      throw wrong("input", "input is missing. Expected a text or a list of items.");
    }
    int i = 0;
    for (JsonNode item : input) {
      item("input[" + i++ + "]", item, messages);
    }
  }

  private static void item(String at, JsonNode item, ArrayNode messages) throws ApiException {
    switch (item.path("type").asText("message")) {
      case "message" -> message(at, item, messages);
      case "function_call" -> call(item, messages);
      case "function_call_output" ->
          messages
              .addObject()
              .put("role", "tool")
              .put("tool_call_id", item.path("call_id").asText())
              .set("content", content(at + ".output", item.path("output")));
      case "reasoning" -> {
        // The thoughts of another server, which a chat has no place for.
      }
      default ->
          throw wrong(
              at + ".type",
              "%s is of the type %s. Expected message, function_call or function_call_output."
                  .formatted(at, item.path("type").asText()));
    }
  }

  private static void message(String at, JsonNode item, ArrayNode messages) throws ApiException {
    String role = item.path("role").asText("");
    if (!ROLES.contains(role)) {
      throw wrong(
          at + ".role",
          "%s has the role \"%s\". Expected assistant, developer, system or user."
              .formatted(at, role));
    }
    messages
        .addObject()
        .put("role", role)
        .set("content", content(at + ".content", item.path("content")));
  }

  /** Calls that follow each other, or what was said before them, are of one message. */
  private static void call(JsonNode item, ArrayNode messages) {
    ObjectNode message =
        messages.path(messages.size() - 1) instanceof ObjectNode last
                && last.path("role").asText().equals("assistant")
            ? last
            : messages.addObject().put("role", "assistant").putNull("content");
    ObjectNode call = message.withArray("tool_calls").addObject();
    call.put("id", item.path("call_id").asText()).put("type", "function");
    call.putObject("function")
        .put("name", item.path("name").asText())
        .put("arguments", item.path("arguments").asText());
  }

  private static JsonNode content(String at, JsonNode content) throws ApiException {
    if (!content.isArray()) {
      return content;
    }
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    int i = 0;
    for (JsonNode part : content) {
      parts.add(part(at + "[" + i++ + "]", part));
    }
    boolean oneText = parts.size() == 1 && parts.get(0).path("type").asText().equals("text");
    return oneText ? parts.get(0).path("text") : parts;
  }

  private static ObjectNode part(String at, JsonNode part) throws ApiException {
    String type = part.path("type").asText();
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    switch (type) {
      case "input_text", "output_text", "text" ->
          chat.put("type", "text").put("text", part.path("text").asText());
      case "refusal" -> chat.put("type", type).put("refusal", part.path(type).asText());
      case "input_image" -> {
        if (!part.path("image_url").isTextual()) {
          throw wrong(at, at + " is an image by its id. Expected image_url.");
        }
        ObjectNode image = chat.put("type", "image_url").putObject("image_url");
        image.set("url", part.get("image_url"));
        if (part.hasNonNull("detail")) {
          image.set("detail", part.get("detail"));
        }
      }
      case "input_file" -> {
        if (!part.path("file_data").isTextual()) {
          throw wrong(at, at + " is a file by its id or address. Expected file_data.");
        }
        ObjectNode file = chat.put("type", "file").putObject("file");
        file.set("file_data", part.get("file_data"));
        file.put("filename", part.path("filename").asText("file"));
      }
      case "input_audio" -> {
        chat.put("type", type);
        chat.set(type, part.path(type));
      }
      default ->
          throw wrong(
              at + ".type",
              "%s is of the type %s. Expected input_text, input_image or input_file."
                  .formatted(at, type.isEmpty() ? "nothing" : type));
    }
    return chat;
  }

  private static ApiException wrong(String param, String message) {
    return ApiError.badRequest(param, "invalid_value", message).exception();
  }
}
