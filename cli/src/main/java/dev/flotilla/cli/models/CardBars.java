package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One bar a card: what models hold, what others take, and what is free. */
final class CardBars {
  private static final int WIDTH = 28;
  private static final String MODELS = "█";
  private static final String OTHERS = "▒";
  private static final String FREE = "░";

  private CardBars() {}

  static List<String> of(JsonNode cards, Screen screen) {
    int ids = widest(cards, "card");
    int names = widest(cards, "name");
    List<String> lines = new ArrayList<>();
    for (JsonNode card : cards) {
      lines.add(
          "%s  %s  %s  %s%s"
              .formatted(
                  Text.pad(screen.paint(Style.BOLD, card.path("card").asText()), ids),
                  Text.pad(card.path("name").asText(), names),
                  bar(card, screen),
                  Text.pad(amounts(card), 24),
                  models(card))
              .stripTrailing());
    }
    if (!lines.isEmpty()) {
      lines.add(
          screen.paint(Style.DIM, "%s models  %s others  %s free".formatted(MODELS, OTHERS, FREE)));
    }
    return lines;
  }

  private static int widest(JsonNode cards, String field) {
    return cards.valueStream().mapToInt(c -> Text.width(c.path(field).asText())).max().orElse(0);
  }

  private static String bar(JsonNode card, Screen screen) {
    double total = Math.max(1, card.path("total").asDouble());
    int held = cells(card.path("held").asDouble() / total);
    int others = Math.min(WIDTH - held, cells(card.path("others").asDouble() / total));
    return screen.paint(Style.GREEN, MODELS.repeat(held))
        + screen.paint(Style.YELLOW, OTHERS.repeat(others))
        + screen.paint(Style.DIM, FREE.repeat(WIDTH - held - others));
  }

  /** At least one cell for what is there at all. */
  private static int cells(double share) {
    return share <= 0 ? 0 : Math.clamp(Math.round(share * WIDTH), 1, WIDTH);
  }

  private static String amounts(JsonNode card) {
    long taken = card.path("held").asLong() + card.path("others").asLong();
    return "%s of %s"
        .formatted(new Bytes(Math.max(0, taken)), new Bytes(card.path("total").asLong()));
  }

  private static String models(JsonNode card) {
    return card.path("models")
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
