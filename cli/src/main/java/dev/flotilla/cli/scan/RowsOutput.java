package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.model.Json;
import dev.flotilla.scan.view.View;
import java.util.List;

/** Rows as a table, or as JSON where that is asked for. */
final class RowsOutput {
  private RowsOutput() {}

  static void print(Context context, View.Rows rows, String nothing) {
    if (context.options().json()) {
      ArrayNode array = Json.mapper().createArrayNode();
      for (List<String> row : rows.rows()) {
        ObjectNode node = array.addObject();
        for (int i = 0; i < row.size(); i++) {
          node.put(rows.columns().get(i), row.get(i));
        }
      }
      context.printJson(array);
      return;
    }
    if (rows.rows().isEmpty()) {
      context.screen().line(nothing);
      return;
    }
    Table table =
        new Table(rows.columns().stream().map(Table.Column::left).toArray(Table.Column[]::new));
    rows.rows().forEach(row -> table.row(row.toArray(String[]::new)));
    context.screen().table(table);
  }
}
