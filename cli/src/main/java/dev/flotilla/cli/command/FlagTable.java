package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;

/** Flags as people read them. */
final class FlagTable {
  private FlagTable() {}

  static Table of(JsonNode flags) {
    Table table =
        new Table(
            Column.left("FLAG"),
            Column.left("SETTING"),
            Column.left("CHANGED"),
            Column.left("DESCRIPTION"));
    for (JsonNode each : flags) {
      JsonNode flag = each.path("flag");
      table.row(
          new Cell(flag.path("name").asText(), Style.BOLD),
          Cell.of(each.path("setting").asText()),
          each.path("changed").asBoolean()
              ? new Cell("yes", Style.YELLOW)
              : new Cell("no", Style.DIM),
          new Cell(flag.path("description").asText(), Style.DIM));
    }
    return table;
  }
}
