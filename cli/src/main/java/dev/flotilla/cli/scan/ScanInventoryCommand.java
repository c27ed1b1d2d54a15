package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.inventory.GitHistory;
import dev.flotilla.scan.inventory.Inventory;
import dev.flotilla.scan.report.CsvReport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan inventory}. */
@Command(
    description = "List every agent with its file, ports, imports, needs and owner, as CSV.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla scan inventory > agents.csv")
final class ScanInventoryCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(names = "--csv", description = "Answer as CSV, which it does without --json as well.")
  private boolean csv;

  ScanInventoryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ScanResult result = target.scan(context);
    try {
      List<Map<String, String>> rows =
          new Inventory(result, GitHistory.of(target.root(context))).rows();
      if (context.options().json() && !csv) {
        context.printJson(rows);
        return ExitCode.OK;
      }
      Writer out = new OutputStreamWriter(context.plainScreen().out(), StandardCharsets.UTF_8);
      CsvReport.row(out, Inventory.COLUMNS);
      for (Map<String, String> row : rows) {
        CsvReport.row(out, new ArrayList<>(row.values()));
      }
      out.flush();
      return ExitCode.OK;
    } catch (IOException | InterruptedException e) {
      throw CommandFailure.usage(
          "git could not be read: " + e.getMessage(), "a git repository", "Try again");
    }
  }
}
