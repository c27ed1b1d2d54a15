package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/** Tools of a chat, and which of them may be called, in Anthropic's words. Pure. */
final class AnthropicTools {
  private AnthropicTools() {}

  static void add(ObjectNode chat, ObjectNode request) throws UpstreamException {
    if (chat.path("tools").isEmpty()) {
      return;
    }
    JsonNode choice = chat.path("tool_choice");
    JsonNode allowed = choice.path("allowed_tools");
    Set<String> names = names(allowed.path("tools"));
    ArrayNode tools = request.putArray("tools");
    for (JsonNode tool : chat.path("tools")) {
      if (!tool.path("type").asText().equals("function")) {
        throw UpstreamException.unable("it knows no tools but functions");
      }
      JsonNode function = tool.path("function");
      if (allowed.isMissingNode() || names.contains(function.path("name").asText())) {
        tools.add(tool(function));
      }
    }
    ObjectNode chosen = Answers.object();
    if (choice.path("type").asText().equals("function")) {
      chosen.put("type", "tool").put("name", choice.path("function").path("name").asText());
    } else {
      chosen.put("type", mode(allowed.path("mode").asText(choice.asText("auto"))));
    }
    boolean one = chat.has("parallel_tool_calls") && !chat.path("parallel_tool_calls").asBoolean();
    if (one && !chosen.path("type").asText().equals("none")) {
      chosen.put("disable_parallel_tool_use", true);
    }
    if (choice.isTextual() || choice.isObject() || one) {
      request.set("tool_choice", chosen);
    }
  }

  private static Set<String> names(JsonNode tools) {
    return tools
        .valueStream()
        .map(tool -> tool.path("function").path("name").asText())
        .collect(Collectors.toSet());
  }

  private static String mode(String mode) {
    return mode.equals("required") ? "any" : mode;
  }

  private static ObjectNode tool(JsonNode function) {
    ObjectNode one = Answers.object().put("name", function.path("name").asText());
    if (function.hasNonNull("description")) {
      one.put("description", function.path("description").asText());
    }
    if (function.path("strict").asBoolean(false)) {
      one.put("strict", true);
    }
    one.set(
        "input_schema",
        function.path("parameters").isObject()
            ? function.path("parameters")
            : Answers.object().put("type", "object"));
    return one;
  }
}
