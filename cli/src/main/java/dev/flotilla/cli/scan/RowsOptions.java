package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.model.Json;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.scan.report.CsvReport;
import dev.flotilla.scan.view.View;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Rows as a table, as CSV or as JSON, all or those of one machine. Filled by picocli. */
final class RowsOptions {
  @Option(names = "--machine", paramLabel = "NAME", description = "Only this machine's rows.")
  private @Nullable String machine;

  @Option(names = "--csv", description = "Answer as CSV.")
  private boolean csv;

  void print(Context context, View.Rows all, String nothing) {
    View.Rows rows = ofMachine(all);
    if (context.options().json()) {
      ArrayNode array = Json.mapper().createArrayNode();
      for (List<String> row : rows.rows()) {
        ObjectNode node = array.addObject();
        for (int i = 0; i < row.size(); i++) {
          node.put(rows.columns().get(i), row.get(i));
        }
      }
      context.printJson(array);
    } else if (csv) {
      csv(context, rows);
    } else if (rows.rows().isEmpty()) {
      context.screen().line(nothing);
    } else {
      RowsText.print(context.screen(), rows);
    }
  }

  private static void csv(Context context, View.Rows rows) {
    try {
      Writer out = new OutputStreamWriter(context.plainScreen().out(), StandardCharsets.UTF_8);
      CsvReport.row(out, rows.columns());
      for (List<String> row : rows.rows()) {
        CsvReport.row(out, row);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private View.Rows ofMachine(View.Rows rows) {
    if (machine == null) {
      return rows;
    }
    String wanted = machine;
    int column = rows.columns().indexOf("machine");
    if (column < 0) {
      throw CommandFailure.usage(
          "--machine " + wanted, "a view with machines", "Leave --machine out here");
    }
    List<String> known = rows.rows().stream().map(r -> r.get(column)).distinct().sorted().toList();
    if (!known.isEmpty() && !known.contains(wanted)) {
      throw CommandFailure.usage(
          "--machine " + wanted,
          "one of " + String.join(", ", known),
          Nearest.to(wanted, known).map(n -> "Did you mean " + n + "?").orElse("Name one of them"));
    }
    return new View.Rows(
        rows.columns(), rows.rows().stream().filter(r -> r.get(column).equals(wanted)).toList());
  }
}
