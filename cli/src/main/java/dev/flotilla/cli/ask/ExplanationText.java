package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An explanation for people. */
final class ExplanationText {
  private ExplanationText() {}

  static List<String> lines(JsonNode explanation, Screen screen) {
    List<String> lines = new ArrayList<>();
    lines.add(
        screen.paint(Style.BOLD, "How it was answered") + "  " + explanation.path("id").asText());
    JsonNode routing = explanation.path("routing");
    if (routing.isObject()) {
      String task = routing.path("task").asText();
      lines.add(
          row(
              "route",
              "%s → %s"
                  .formatted(
                      task.isEmpty() ? "named by the caller" : "task " + task,
                      texts(routing.path("targets")))));
      lines.add(
          row(
              "why",
              "%s (%.0f %% sure)"
                  .formatted(
                      routing.path("why").asText(), 100 * routing.path("confidence").asDouble())));
    }
    for (JsonNode attempt : explanation.path("attempts")) {
      lines.add(row("attempt", attempt(attempt, screen)));
    }
    if (!explanation.path("breakers").isEmpty()) {
      lines.add(
          row(
              "breakers",
              explanation
                  .path("breakers")
                  .propertyStream()
                  .map(e -> e.getKey() + " " + e.getValue().asText())
                  .collect(Collectors.joining(", "))));
    }
    lines.add(row("cache", explanation.path("cache").asText()));
    lines.add(row("time", time(explanation.path("milliseconds"))));
    JsonNode usage = explanation.path("usage");
    lines.add(
        row(
            "tokens",
            "%d asked%s, %d answered%s%s, cost %s"
                .formatted(
                    usage.path("input").asLong(),
                    part(usage.path("cached"), "read before"),
                    usage.path("output").asLong(),
                    part(usage.path("reasoning"), "thought"),
                    usage.path("estimated").asBoolean() ? " (counted by length)" : "",
                    cost(explanation.path("cost").asDouble()))));
    JsonNode beside = explanation.path("beside");
    if (beside.path("input").asLong() + beside.path("output").asLong() > 0) {
      lines.add(
          row(
              "beside",
              "%d asked, %d answered by the judge or too weakly, cost %s of the above"
                  .formatted(
                      beside.path("input").asLong(),
                      beside.path("output").asLong(),
                      cost(beside.path("cost").asDouble()))));
    }
    if (explanation.hasNonNull("error")) {
      lines.add(row("error", explanation.path("error").asText()));
    }
    return lines;
  }

  private static String part(JsonNode tokens, String what) {
    return tokens.asLong() == 0 ? "" : " (%d of them %s)".formatted(tokens.asLong(), what);
  }

  private static String attempt(JsonNode attempt, Screen screen) {
    String outcome = attempt.path("outcome").asText();
    Style style = outcome.equals("answered") ? Style.GREEN : Style.YELLOW;
    return "%s %s after %.1f ms: %s"
        .formatted(
            attempt.path("target").asText(),
            screen.paint(style, outcome),
            attempt.path("took").asDouble(),
            attempt.path("reason").asText());
  }

  private static String time(JsonNode milliseconds) {
    return milliseconds
        .propertyStream()
        .map(
            e ->
                String.format(
                    Locale.ROOT, "%s %.1f ms", stage(e.getKey()), e.getValue().asDouble()))
        .collect(Collectors.joining(", "));
  }

  private static String stage(String name) {
    return switch (name) {
      case "admission" -> "let in after";
      case "route" -> "routed after";
      case "first" -> "first words after";
      case "total" -> "all of it after";
      default -> name;
    };
  }

  private static String cost(double money) {
    return money == 0 ? "0" : String.format(Locale.ROOT, "%.6f", money);
  }

  private static String texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).collect(Collectors.joining(", then "));
  }

  private static String row(String name, String text) {
    return "  %-9s %s".formatted(name, text);
  }
}
