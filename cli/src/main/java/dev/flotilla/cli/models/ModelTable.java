package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import dev.flotilla.model.Bytes;

/** Models as people read them. */
final class ModelTable {
  private ModelTable() {}

  static Table of(JsonNode models) {
    Table table =
        new Table(
            Column.left("MODEL"),
            Column.left("KIND").worth(1),
            Column.left("ENGINE").worth(2),
            Column.left("STATE"),
            Column.left("VARIANT").worth(3),
            Column.left("CARD"),
            Column.right("MEMORY"),
            Column.right("USES"),
            Column.left("NOTE"));
    models.forEach(model -> row(table, model));
    return table;
  }

  private static void row(Table table, JsonNode model) {
    String state = model.path("state").asText();
    long held = model.path("held").asLong();
    table.row(
        new Cell(model.path("model").asText(), Style.BOLD),
        Cell.of(model.path("kind").asText()),
        Cell.of(model.path("engine").asText()),
        new Cell(state, style(state)),
        Cell.of(model.path("variant").asText()),
        Cell.of(model.path("card").asText()),
        Cell.of(held == 0 ? "" : new Bytes(held).toString()),
        Cell.of(state.equals("ready") ? model.path("leases").asText() : ""),
        new Cell(note(model), Style.DIM));
  }

  private static Style style(String state) {
    return switch (state) {
      case "ready" -> Style.GREEN;
      case "failed" -> Style.RED;
      case "loading", "unloading", "unknown" -> Style.YELLOW;
      default -> Style.DIM;
    };
  }

  private static String note(JsonNode model) {
    if (model.hasNonNull("trouble")) {
      return model.path("trouble").asText();
    }
    if (model.hasNonNull("reason")) {
      return model.path("reason").asText();
    }
    if (model.path("state").asText().equals("unknown")) {
      return "the nodes are asked whether it still serves";
    }
    int waiting = model.path("waiting").asInt();
    String pinned = model.path("pinned").asBoolean() ? "pinned" : "";
    String wait = waiting > 0 ? waiting + " waiting" : "";
    return pinned + (pinned.isEmpty() || wait.isEmpty() ? "" : ", ") + wait;
  }
}
