package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The plain texts in requests. */
public final class Texts {
  private static final int CHARACTERS_A_TOKEN = 4;

  private Texts() {}

  /** One message. */
  public record Said(String role, String text) {}

  static String asked(Call.Kind kind, JsonNode body) {
    return switch (kind) {
      case CHAT -> lastOfUser(body.path("messages"));
      case COMPLETION -> content(body.path("prompt"));
      case EMBEDDING -> content(body.path("input"));
    };
  }

  private static String lastOfUser(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.path(i).path("role").asText().equals("user")) {
        return content(messages.path(i).path("content"));
      }
    }
    return "";
  }

  static List<Said> conversation(JsonNode body) {
    List<Said> said = new ArrayList<>();
    body.path("messages")
        .forEach(m -> said.add(new Said(m.path("role").asText(), content(m.path("content")))));
    return said;
  }

  /** A text, or a list of texts or of parts with a text. */
  static String content(JsonNode content) {
    if (content.isArray()) {
      return content
          .valueStream()
          .map(part -> part.isTextual() ? part.asText() : part.path("text").asText(""))
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining("\n"));
    }
    return content.asText("");
  }

  /** About how many tokens a text of so many characters has. */
  public static long tokens(long characters) {
    return Math.ceilDiv(characters, CHARACTERS_A_TOKEN);
  }

  /** About how many tokens a request has: its texts, its tools and the calls of them. */
  public static long tokens(Call call) {
    return switch (call.kind()) {
      case CHAT ->
          call.body().path("messages").valueStream().mapToLong(Texts::message).sum()
              + written(call.body().path("tools"));
      case COMPLETION -> given(call.body().path("prompt"));
      case EMBEDDING -> given(call.body().path("input"));
    };
  }

  private static long message(JsonNode message) {
    return tokens(content(message.path("content")).length())
        + written(message.path("tool_calls"))
        + 4;
  }

  private static long written(JsonNode json) {
    return json.isEmpty() ? 0 : tokens(json.toString().length());
  }

  /** A text, tokens by number, or a list of either. */
  private static long given(JsonNode input) {
    if (input.isNumber()) {
      return 1;
    }
    return input.isArray()
        ? input.valueStream().mapToLong(Texts::given).sum()
        : tokens(input.asText().length());
  }
}
