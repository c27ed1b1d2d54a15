package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Flags as people read them. */
final class FlagTable {
  private FlagTable() {}

  static Table of(JsonNode flags) {
    Table table =
        new Table(Column.left("FLAG"), Column.left("SETTING"), Column.left("DESCRIPTION"));
    for (JsonNode flag : flags) {
      table.row(
          new Cell(flag.path("name").asText(), Style.BOLD),
          Cell.of(setting(flag)),
          new Cell(flag.path("description").asText(), Style.DIM));
    }
    return table;
  }

  /** {@code on 10%, else off}. */
  static String setting(JsonNode flag) {
    List<String> shares = new ArrayList<>();
    for (JsonNode share : flag.path("split")) {
      double percent = share.path("percent").asDouble();
      String number =
          percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
      shares.add(share.path("variant").asText() + " " + number + "%");
    }
    String otherwise = flag.path("defaultVariant").asText();
    return shares.isEmpty() ? otherwise : String.join(", ", shares) + ", else " + otherwise;
  }
}
