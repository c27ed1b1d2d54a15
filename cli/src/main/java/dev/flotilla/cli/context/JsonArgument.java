package dev.flotilla.cli.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;

/** JSON that was typed as an argument. */
public final class JsonArgument {
  private JsonArgument() {}

  /**
   * Reads it.
   *
   * @param what it is to be, such as {@code payload}
   * @param example of it, as it is typed
   * @throws CommandFailure when it is not JSON
   */
  public static JsonNode read(String text, String what, String example) {
    try {
      JsonNode json = Json.mapper().readTree(text);
      if (!json.isMissingNode()) {
        return json;
      }
      throw notJson(what, "it is empty", example);
    } catch (JsonProcessingException e) {
      throw notJson(
          what, e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""), example);
    }
  }

  private static CommandFailure notJson(String what, String why, String example) {
    return CommandFailure.usage(
        "a %s that is not JSON (%s)".formatted(what, why),
        "JSON",
        "Put it in single quotes, such as '" + example + "'.");
  }
}
