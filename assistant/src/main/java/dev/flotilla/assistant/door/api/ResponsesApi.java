package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Usage;
import java.util.List;
import java.util.Set;

/**
 * The part of OpenAI's responses API that is a conversation in text: what comes in as a chat, and a
 * chat's answer as a response. What it does not know it refuses. Pure.
 */
public final class ResponsesApi {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "input",
          "instructions",
          "stream",
          "temperature",
          "top_p",
          "max_output_tokens",
          "metadata",
          "user",
          "store");

  private ResponsesApi() {}

  /** The request as a chat. */
  public static ObjectNode chat(ObjectNode request) throws ApiException {
    List<String> unknown =
        request
            .propertyStream()
            .filter(e -> !e.getValue().isNull() && !KNOWN.contains(e.getKey()))
            .map(java.util.Map.Entry::getKey)
            .toList();
    if (!unknown.isEmpty()) {
      throw ApiError.badRequest(
              unknown.getFirst(),
              "unsupported_parameter",
              "%s is not supported at /v1/responses, which answers text with text. Use"
                      .formatted(String.join(", ", unknown))
                  + " /v1/chat/completions for tools and the rest.")
          .exception();
    }
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("model", "stream", "temperature", "top_p", "user")) {
      if (request.hasNonNull(name)) {
        chat.set(name, request.get(name));
      }
    }
    if (request.hasNonNull("max_output_tokens")) {
      chat.set("max_tokens", request.get("max_output_tokens"));
    }
    ArrayNode messages = chat.putArray("messages");
    if (request.path("instructions").isTextual()) {
      messages.addObject().put("role", "system").set("content", request.get("instructions"));
    }
    JsonNode input = request.path("input");
    if (input.isTextual()) {
      messages.addObject().put("role", "user").set("content", input);
    } else if (input.isArray() && !input.isEmpty()) {
      for (JsonNode item : input) {
        message(item, messages);
      }
    } else {
      throw ApiError.badRequest(
              "input", "invalid_value", "input is missing. Expected a text or a list of messages.")
          .exception();
    }
    return chat;
  }

  private static void message(JsonNode item, ArrayNode messages) throws ApiException {
    if (!item.path("type").asText("message").equals("message")) {
      throw ApiError.badRequest(
              "input",
              "unsupported_value",
              "input holds an item of the type "
                  + item.path("type").asText()
                  + ". Expected messages alone.")
          .exception();
    }
    ObjectNode message = messages.addObject();
    message.put("role", item.path("role").asText());
    JsonNode content = item.path("content");
    if (!content.isArray()) {
      message.set("content", content);
      return;
    }
    ArrayNode parts = message.putArray("content");
    for (JsonNode part : content) {
      parts.addObject().put("type", "text").put("text", part.path("text").asText());
    }
  }

  /** A chat's whole answer as a response. */
  public static ObjectNode response(ObjectNode chat, String id) {
    JsonNode choice = chat.path("choices").path(0);
    String status =
        choice.path("finish_reason").asText().equals("length") ? "incomplete" : "completed";
    return response(
        id,
        chat.path("created").asLong(),
        chat.path("model").asText(),
        status,
        choice.path("message").path("content").asText(""),
        Usage.of(chat).orElse(Usage.NONE));
  }

  /**
   * @param text empty while nothing was said
   */
  public static ObjectNode response(
      String id, long created, String model, String status, String text, Usage usage) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("id", id).put("object", "response").put("created_at", created);
    response.put("status", status).put("model", model);
    response.putNull("error").putNull("incomplete_details").putNull("instructions");
    response.put("parallel_tool_calls", false).put("tool_choice", "none").putArray("tools");
    ArrayNode output = response.putArray("output");
    if (!text.isEmpty() || !status.equals("in_progress")) {
      output.add(item(id, status.equals("in_progress") ? status : "completed", text));
    }
    ObjectNode took = response.putObject("usage");
    took.put("input_tokens", usage.input()).put("output_tokens", usage.output());
    took.put("total_tokens", usage.total());
    took.putObject("input_tokens_details").put("cached_tokens", 0);
    took.putObject("output_tokens_details").put("reasoning_tokens", 0);
    return response;
  }

  /** The message of a response. */
  public static ObjectNode item(String id, String status, String text) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("id", "msg-" + id).put("type", "message").put("role", "assistant");
    item.put("status", status);
    ArrayNode content = item.putArray("content");
    if (!text.isEmpty() || !status.equals("in_progress")) {
      content.add(part(text));
    }
    return item;
  }

  public static ObjectNode part(String text) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("type", "output_text").put("text", text).putArray("annotations");
    return part;
  }
}
