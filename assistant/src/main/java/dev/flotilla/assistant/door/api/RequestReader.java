package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.shape.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the body of a request: what is known must be right, what is not known is passed on. Pure.
 */
public final class RequestReader {
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** Of a name that is kept, and repeated in messages; a file's path has room. */
  private static final int LONGEST_MODEL = 500;

  /** What a message of the assistant may have in place of content. */
  private static final List<String> INSTEAD =
      List.of("tool_calls", "function_call", "refusal", "audio");

  private RequestReader() {}

  /** The body, checked for what is asked. */
  public static ObjectNode read(Call.Kind kind, byte[] body) throws ApiException {
    return checked(kind, object(body));
  }

  /** The same of what is read already. */
  public static ObjectNode checked(Call.Kind kind, ObjectNode request) throws ApiException {
    model(request);
    number(request, "temperature", 0, 2);
    number(request, "top_p", 0, 1);
    number(request, "presence_penalty", -2, 2);
    number(request, "frequency_penalty", -2, 2);
    whole(request, "max_tokens", kind == Call.Kind.COMPLETION ? 0 : 1);
    whole(request, "max_completion_tokens", 1);
    whole(request, "n", 1);
    yesNo(request, "stream");
    options(request);
    switch (kind) {
      case CHAT -> {
        messages(request);
        tools(request);
      }
      case COMPLETION -> present(request, "prompt");
      case EMBEDDING -> present(request, "input");
    }
    return request;
  }

  /** The body as an object. */
  public static ObjectNode object(byte[] body) throws ApiException {
    JsonNode tree;
    try {
      tree = Wire.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw ApiError.badRequest(
              "",
              "invalid_json",
              "The body is no JSON: "
                  + e.getOriginalMessage()
                  + ". Expected an object such as {\"messages\": […]}.")
          .exception();
    } catch (IOException e) {
      throw ApiError.badRequest("", "invalid_json", "The body could not be read.").exception();
    }
    if (tree instanceof ObjectNode object) {
      if (hasHalfACharacter(body, object)) {
        throw ApiError.badRequest(
                "",
                "invalid_json",
                "The body has half a character: a \\ud800 to \\udfff without its other half, as a"
                    + " text that was cut off in the middle of an emoji. Send whole characters.")
            .exception();
      }
      return object;
    }
    throw ApiError.badRequest(
            "",
            "invalid_json",
            "The body is "
                + (tree == null || tree.isMissingNode() ? "empty" : type(tree))
                + ". Expected an object such as {\"messages\": […]}.")
        .exception();
  }

  /** Only an escape can bring half of a pair through, so others are not looked through. */
  private static boolean hasHalfACharacter(byte[] body, ObjectNode tree) {
    for (int i = 0; i + 2 < body.length; i++) {
      if (body[i] == '\\' && body[i + 1] == 'u' && (body[i + 2] | 0x20) == 'd') {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(tree.toString());
      }
    }
    return false;
  }

  private static void options(ObjectNode request) throws ApiException {
    JsonNode options = request.path("stream_options");
    if (!given(options)) {
      return;
    }
    if (!options.isObject()) {
      throw wrong("stream_options", options, "an object such as {\"include_usage\": true}");
    }
    if (!request.path("stream").asBoolean(false)) {
      throw ApiError.badRequest(
              "stream_options",
              "invalid_value",
              "stream_options is only allowed when stream is true. Set stream, or leave it out.")
          .exception();
    }
    JsonNode usage = options.path("include_usage");
    if (given(usage) && !usage.isBoolean()) {
      throw wrong("stream_options.include_usage", usage, "true or false");
    }
  }

  private static void messages(ObjectNode request) throws ApiException {
    JsonNode messages = request.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw wrong("messages", messages, "a list with at least one message");
    }
    int i = 0;
    for (JsonNode message : messages) {
      String at = "messages[" + i++ + "]";
      if (!message.isObject()) {
        throw wrong(at, message, "an object with role and content");
      }
      String role = message.path("role").asText("");
      if (!ROLES.contains(role)) {
        throw wrong(at + ".role", message.path("role"), "one of " + String.join(", ", sorted()));
      }
      JsonNode content = message.path("content");
      boolean may = role.equals("assistant") && INSTEAD.stream().anyMatch(message::hasNonNull);
      if (!content.isTextual() && !content.isArray() && !may) {
        throw wrong(at + ".content", content, "a text or a list of parts");
      }
    }
  }

  private static void tools(ObjectNode request) throws ApiException {
    List<String> names = new ArrayList<>();
    JsonNode tools = request.path("tools");
    if (!tools.isMissingNode() && !tools.isNull() && !tools.isArray()) {
      throw wrong("tools", tools, "a list of tools");
    }
    int i = 0;
    for (JsonNode tool : tools) {
      String at = "tools[" + i++ + "]";
      if (tool.path("type").asText("").equals("function")) {
        String name = tool.path("function").path("name").asText("");
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
          throw wrong(
              at + ".function.name",
              tool.path("function").path("name"),
              "1 to 64 letters, digits, _ and -");
        }
        names.add(name);
      } else if (!tool.path("type").isTextual()) {
        throw wrong(at + ".type", tool.path("type"), "function");
      }
    }
    JsonNode choice = request.path("tool_choice").path("function").path("name");
    if (choice.isTextual() && !names.contains(choice.asText())) {
      throw ApiError.badRequest(
              "tool_choice",
              "unknown_tool",
              "tool_choice names the tool \""
                  + choice.asText()
                  + "\", which is not among the tools of the request"
                  + (names.isEmpty() ? " (it has none)" : " (" + String.join(", ", names) + ")")
                  + Nearest.to(choice.asText(), names)
                      .map(near -> ". Did you mean \"" + near + "\"?")
                      .orElse("."))
          .exception();
    }
  }

  private static List<String> sorted() {
    return ROLES.stream().sorted().toList();
  }

  private static void present(ObjectNode request, String name) throws ApiException {
    JsonNode value = request.path(name);
    if (!(value.isTextual() || value.isArray()) || (value.isArray() && value.isEmpty())) {
      throw wrong(name, value, "a text or a list that is not empty");
    }
  }

  private static void model(ObjectNode request) throws ApiException {
    JsonNode value = request.path("model");
    if (given(value) && !(value.isTextual() && value.asText().length() <= LONGEST_MODEL)) {
      throw wrong("model", value, "a text of at most " + LONGEST_MODEL + " characters");
    }
  }

  private static void yesNo(ObjectNode request, String name) throws ApiException {
    JsonNode value = request.path(name);
    if (given(value) && !value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
  }

  private static void number(ObjectNode request, String name, double least, double most)
      throws ApiException {
    JsonNode value = request.path(name);
    if (given(value)
        && (!value.isNumber() || value.asDouble() < least || value.asDouble() > most)) {
      throw wrong(name, value, "a number from %s to %s".formatted(plain(least), plain(most)));
    }
  }

  private static void whole(ObjectNode request, String name, int least) throws ApiException {
    JsonNode value = request.path(name);
    if (given(value) && (!value.isIntegralNumber() || value.asLong() < least)) {
      throw wrong(name, value, "a whole number from " + least);
    }
  }

  private static String plain(double number) {
    return Long.toString((long) number);
  }

  private static boolean given(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  private static ApiException wrong(String param, JsonNode found, String expected) {
    String what = given(found) ? found.toString() : found.isNull() ? "null" : "nothing";
    return ApiError.badRequest(
            param,
            "invalid_value",
            "%s is %s. Expected %s."
                .formatted(
                    param, what.length() > 60 ? what.substring(0, 60) + "…" : what, expected))
        .exception();
  }

  private static String type(JsonNode tree) {
    return tree.getNodeType() == JsonNodeType.ARRAY
        ? "a list"
        : "a " + tree.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }
}
