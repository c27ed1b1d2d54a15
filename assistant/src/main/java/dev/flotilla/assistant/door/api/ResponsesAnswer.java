package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Usage;
import java.util.List;
import java.util.Map;

/** Answers in the words of OpenAI's responses API. Pure. */
public final class ResponsesAnswer {
  private static final List<String> ECHOED =
      List.of(
          "instructions",
          "max_output_tokens",
          "metadata",
          "parallel_tool_calls",
          "reasoning",
          "safety_identifier",
          "service_tier",
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_p",
          "truncation",
          "user");

  /** What an answer that does not say otherwise ends with, by how a chat's ends. */
  private static final Map<String, String> INCOMPLETE =
      Map.of("length", "max_output_tokens", "content_filter", "content_filter");

  private ResponsesAnswer() {}

  /** A chat's whole answer as the response to a request. */
  public static ObjectNode of(ObjectNode request, ObjectNode chat, String id) {
    JsonNode choice = chat.path("choices").path(0);
    JsonNode message = choice.path("message");
    ArrayNode output = JsonNodeFactory.instance.arrayNode();
    String text = message.path("content").asText("");
    String refusal = message.path("refusal").asText("");
    if (!text.isEmpty() || !refusal.isEmpty() || message.path("tool_calls").isEmpty()) {
      output.add(
          message(
              messageId(id), "completed", refusal.isEmpty() ? part(text) : refusalPart(refusal)));
    }
    int number = 0;
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      output.add(
          call(
              callId(id, number++),
              "completed",
              call.path("id").asText(),
              function.path("name").asText(),
              function.path("arguments").asText()));
    }
    ObjectNode response =
        begun(request, id, chat.path("created").asLong(), chat.path("model").asText());
    ended(response, choice.path("finish_reason").asText(), output);
    Usage.of(chat).ifPresent(usage -> response.set("usage", usage(usage)));
    return response;
  }

  /** A response of which nothing was said yet. */
  public static ObjectNode begun(ObjectNode request, String id, long created, String model) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("id", responseId(id)).put("object", "response").put("created_at", created);
    response.put("status", "in_progress").put("background", false).put("model", model);
    response.putNull("error").putNull("incomplete_details").putNull("previous_response_id");
    for (String name : ECHOED) {
      response.set(name, request.path(name).isMissingNode() ? null : request.get(name));
    }
    if (!request.hasNonNull("parallel_tool_calls")) {
      response.put("parallel_tool_calls", true);
    }
    if (!request.hasNonNull("tool_choice")) {
      response.put("tool_choice", "auto");
    }
    if (!request.hasNonNull("tools")) {
      response.putArray("tools");
    }
    if (!request.hasNonNull("text")) {
      response.putObject("text").putObject("format").put("type", "text");
    }
    response.put("store", false).putArray("output");
    response.putNull("usage");
    return response;
  }

  /**
   * Ends a response.
   *
   * @param finish how the chat's answer ended
   */
  public static void ended(ObjectNode response, String finish, ArrayNode output) {
    String reason = INCOMPLETE.getOrDefault(finish, "");
    response.put("status", reason.isEmpty() ? "completed" : "incomplete");
    if (!reason.isEmpty()) {
      response.putObject("incomplete_details").put("reason", reason);
    }
    response.set("output", output);
  }

  public static ObjectNode usage(Usage usage) {
    ObjectNode took = JsonNodeFactory.instance.objectNode();
    took.put("input_tokens", usage.input());
    took.putObject("input_tokens_details").put("cached_tokens", usage.cached());
    took.put("output_tokens", usage.output());
    took.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
    return took.put("total_tokens", usage.total());
  }

  /** A message with one part at most. */
  public static ObjectNode message(String id, String status, ObjectNode... parts) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("id", id).put("type", "message").put("role", "assistant").put("status", status);
    item.putArray("content").addAll(List.of(parts));
    return item;
  }

  public static ObjectNode call(
      String id, String status, String callId, String name, String arguments) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("type", "function_call")
        .put("status", status)
        .put("call_id", callId)
        .put("name", name)
        .put("arguments", arguments);
  }

  public static ObjectNode part(String text) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("type", "output_text").put("text", text);
    part.putArray("annotations");
    part.putArray("logprobs");
    return part;
  }

  public static ObjectNode refusalPart(String refusal) {
    return JsonNodeFactory.instance.objectNode().put("type", "refusal").put("refusal", refusal);
  }

  static String responseId(String id) {
    return "resp_" + id;
  }

  public static String messageId(String id) {
    return "msg_" + id;
  }

  /**
   * @param number of the call in its answer, from 0
   */
  public static String callId(String id, int number) {
    return "fc_" + id + "_" + number;
  }
}
