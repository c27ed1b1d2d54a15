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
      case CHAT ->
          conversation(body).reversed().stream()
              .filter(said -> said.role().equals("user"))
              .map(Said::text)
              .findFirst()
              .orElse("");
      case COMPLETION -> content(body.path("prompt"));
      case EMBEDDING -> content(body.path("input"));
    };
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

  /** About how many tokens a request has. */
  public static long tokens(Call call) {
    return switch (call.kind()) {
      case CHAT ->
          call.conversation().stream().mapToLong(said -> tokens(said.text().length()) + 4).sum();
      case COMPLETION, EMBEDDING -> tokens(call.text().length());
    };
  }
}
