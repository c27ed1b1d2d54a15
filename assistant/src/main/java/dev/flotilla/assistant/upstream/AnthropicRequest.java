package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A chat of OpenAI's API as a request of Anthropic's. What that cannot do is refused, so that
 * another target may; mere hints, such as a seed, are left out. Pure.
 */
final class AnthropicRequest {
  private static final List<String> IMPOSSIBLE =
      List.of("functions", "audio", "prediction", "web_search_options");

  private AnthropicRequest() {}

  static ObjectNode of(ObjectNode chat, Optional<String> model, int mostTokens)
      throws UpstreamException {
    refuseWhatItLacks(chat);
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
        case "assistant" -> assistant(message, messages);
        default -> user(message, messages);
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
    AnthropicTools.add(chat, request);
    format(chat.path("response_format"), request);
    JsonNode user = chat.path("safety_identifier");
    String who = user.isTextual() ? user.asText() : chat.path("user").asText("");
    if (!who.isEmpty()) {
      request.putObject("metadata").put("user_id", who);
    }
    return request;
  }

  private static void refuseWhatItLacks(ObjectNode chat) throws UpstreamException {
    if (chat.path("n").asInt(1) > 1) {
      throw UpstreamException.unable("it gives one answer at a time, not n of them");
    }
    if (chat.path("logprobs").asBoolean(false)) {
      throw UpstreamException.unable("it tells no logprobs");
    }
    for (String field : IMPOSSIBLE) {
      if (chat.hasNonNull(field)) {
        throw UpstreamException.unable("it does not know " + field);
      }
    }
  }

  private static void format(JsonNode format, ObjectNode request) throws UpstreamException {
    switch (format.path("type").asText("text")) {
      case "text" -> {}
      case "json_schema" ->
          request
              .putObject("output_config")
              .putObject("format")
              .put("type", "json_schema")
              .set("schema", format.path("json_schema").path("schema"));
      default ->
          throw UpstreamException.unable(
              "it answers in JSON only by a schema, not by response_format "
                  + format.path("type").asText());
    }
  }

  private static void user(JsonNode message, ArrayNode messages) throws UpstreamException {
    ObjectNode turn = messages.addObject().put("role", "user");
    JsonNode content = message.path("content");
    if (content.valueStream().allMatch(part -> part.path("type").asText().equals("text"))) {
      turn.put("content", Texts.content(content));
      return;
    }
    ArrayNode parts = turn.putArray("content");
    for (JsonNode part : content) {
      switch (part.path("type").asText()) {
        case "text" -> {
          if (!part.path("text").asText().isEmpty()) {
            parts.addObject().put("type", "text").put("text", part.path("text").asText());
          }
        }
        case "image_url" -> source("image", part.path("image_url").path("url").asText(), parts);
        case "file" -> source("document", part.path("file").path("file_data").asText(), parts);
        default ->
            throw UpstreamException.unable(
                "parts of the type " + part.path("type").asText() + " are not passed on to it");
      }
    }
  }

  /** An image or a document, in the request itself or by its address. */
  private static void source(String type, String url, ArrayNode parts) throws UpstreamException {
    ObjectNode source = parts.addObject().put("type", type).putObject("source");
    int comma = url.indexOf(";base64,");
    if (url.startsWith("data:") && comma > 0) {
      source.put("type", "base64").put("media_type", url.substring(5, comma));
      source.put("data", url.substring(comma + ";base64,".length()));
    } else if (url.startsWith("https://") || url.startsWith("http://")) {
      source.put("type", "url").put("url", url);
    } else {
      throw UpstreamException.unable(
          "of files and images it takes data URLs in base64 and addresses alone");
    }
  }

  private static void assistant(JsonNode message, ArrayNode messages) throws UpstreamException {
    String text = Texts.content(message.path("content"));
    if (message.path("tool_calls").isEmpty()) {
      if (!text.isEmpty()) {
        messages.addObject().put("role", "assistant").put("content", text);
      }
      return;
    }
    ArrayNode parts = messages.addObject().put("role", "assistant").putArray("content");
    if (!text.isEmpty()) {
      parts.addObject().put("type", "text").put("text", text);
    }
    for (JsonNode call : message.path("tool_calls")) {
      ObjectNode part = parts.addObject();
      part.put("type", "tool_use").put("id", call.path("id").asText());
      part.put("name", call.path("function").path("name").asText());
      String arguments = call.path("function").path("arguments").asText("");
      part.set("input", arguments.isBlank() ? Answers.object() : arguments(arguments));
    }
  }

  private static JsonNode arguments(String json) throws UpstreamException {
    try {
      return Server.tree(json);
    } catch (UpstreamException e) {
      throw UpstreamException.unable("the arguments of a tool's call are no JSON, and it wants it");
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
}
