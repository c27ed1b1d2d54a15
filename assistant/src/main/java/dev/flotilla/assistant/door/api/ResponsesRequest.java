package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request of OpenAI's responses API as a chat. What a chat cannot say, such as tools that run at
 * OpenAI's or what was kept from an earlier response, it refuses. Pure.
 */
public final class ResponsesRequest {
  private static final List<String> AS_THEY_ARE =
      List.of(
          "model",
          "stream",
          "temperature",
          "top_p",
          "user",
          "parallel_tool_calls",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention");

  private static final Set<String> READ =
      Set.of(
          "input",
          "instructions",
          "max_output_tokens",
          "tools",
          "tool_choice",
          "text",
          "reasoning",
          "truncation",
          "include",
          "background");

  /** What has no effect on an answer in words. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("store", "metadata", "stream_options", "max_tool_calls");

  private ResponsesRequest() {}

  /** The request as a chat. */
  public static ObjectNode chat(ObjectNode request) throws ApiException {
    refuseWhatCannotBe(request);
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    for (String name : AS_THEY_ARE) {
      if (request.hasNonNull(name)) {
        chat.set(name, request.get(name));
      }
    }
    if (request.hasNonNull("max_output_tokens")) {
      chat.set("max_completion_tokens", request.get("max_output_tokens"));
    }
    if (request.path("reasoning").hasNonNull("effort")) {
      chat.set("reasoning_effort", request.path("reasoning").get("effort"));
    }
    ArrayNode messages = chat.putArray("messages");
    if (request.path("instructions").isTextual()) {
      messages.addObject().put("role", "system").set("content", request.get("instructions"));
    }
    ResponsesInput.read(request.path("input"), messages);
    text(request.path("text"), chat);
    tools(request, chat);
    return chat;
  }

  private static void refuseWhatCannotBe(ObjectNode request) throws ApiException {
    for (Map.Entry<String, JsonNode> field : request.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      boolean known =
          AS_THEY_ARE.contains(name) || READ.contains(name) || WITHOUT_EFFECT.contains(name);
      if (!known && !value.isNull()) {
        throw unsupported(name, name + " is not answered at /v1/responses here" + instead(name));
      }
    }
    if (request.path("background").asBoolean(false)) {
      throw unsupported("background", "Nothing is answered in the background here" + instead(""));
    }
    if (request.path("truncation").asText("").equals("auto")) {
      throw unsupported(
          "truncation", "Nothing is left out of a conversation here: truncation may be disabled");
    }
    for (JsonNode wanted : request.path("include")) {
      if (!wanted.asText().startsWith("reasoning.")) {
        throw unsupported(
            "include", "include asks for " + wanted.asText() + ", which no answer here has");
      }
    }
  }

  private static String instead(String name) {
    return switch (name) {
      case "previous_response_id", "conversation" ->
          ": nothing is kept between requests. Send the whole conversation as input";
      case "" -> "; jobs of the fleet are (docs/jobs.md)";
      default -> ". See docs/ask.md for what is, or use /v1/chat/completions, which passes on all";
    };
  }

  static ApiException unsupported(String param, String message) {
    return ApiError.badRequest(param, "unsupported_parameter", message + ".").exception();
  }

  private static void text(JsonNode text, ObjectNode chat) {
    if (text.hasNonNull("verbosity")) {
      chat.set("verbosity", text.get("verbosity"));
    }
    String type = text.path("format").path("type").asText("text");
    if (type.equals("text")) {
      return;
    }
    ObjectNode format = chat.putObject("response_format").put("type", type);
    if (type.equals("json_schema") && text.get("format") instanceof ObjectNode given) {
      format.set("json_schema", given.deepCopy().without("type"));
    }
  }

  private static void tools(ObjectNode request, ObjectNode chat) throws ApiException {
    for (JsonNode tool : request.path("tools")) {
      chat.withArray("tools").addObject().put("type", "function").set("function", function(tool));
    }
    JsonNode choice = request.path("tool_choice");
    if (choice.isTextual()) {
      chat.set("tool_choice", choice);
    } else if (choice.isObject()) {
      chat.set("tool_choice", choice(choice));
    }
  }

  private static ObjectNode function(JsonNode tool) throws ApiException {
    String type = tool.path("type").asText("nothing");
    if (!type.equals("function") || !(tool instanceof ObjectNode given)) {
      throw unsupported(
          "tools", "tools has one of the type " + type + ". Expected function; others run nowhere");
    }
    return given.deepCopy().without("type");
  }

  private static ObjectNode choice(JsonNode choice) throws ApiException {
    ObjectNode chat = JsonNodeFactory.instance.objectNode();
    String type = choice.path("type").asText();
    switch (type) {
      case "function" ->
          chat.put("type", type).putObject("function").put("name", choice.path("name").asText());
      case "allowed_tools" -> {
        ObjectNode allowed = chat.put("type", type).putObject(type);
        allowed.put("mode", choice.path("mode").asText("auto"));
        ArrayNode tools = allowed.putArray("tools");
        for (JsonNode tool : choice.path("tools")) {
          tools
              .addObject()
              .put("type", "function")
              .putObject("function")
              .put("name", tool.path("name").asText());
        }
      }
      default ->
          throw unsupported(
              "tool_choice",
              "tool_choice is of the type "
                  + type
                  + ". Expected none, auto, required, function or allowed_tools");
    }
    return chat;
  }
}
