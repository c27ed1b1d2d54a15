package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.view.View;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan ports}, {@code cycles} and so on: one thing of a scan. */
@Command(description = "Show one thing of a scan.")
final class ScanViewCommand implements Callable<Integer> {
  private final Context context;
  private final View view;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(names = "--machine", paramLabel = "NAME", description = "Only this machine's rows.")
  private @Nullable String machine;

  ScanViewCommand(Context context, View view) {
    this.context = context;
    this.view = view;
  }

  @Override
  public Integer call() {
    View.Rows rows = view.of(target.scan(context));
    int column = rows.columns().indexOf("machine");
    if (machine != null && column >= 0) {
      String wanted = machine;
      rows =
          new View.Rows(
              rows.columns(),
              rows.rows().stream().filter(r -> r.get(column).equals(wanted)).toList());
    }
    RowsOutput.print(context, rows, "Nothing found.");
    return ExitCode.OK;
  }
}
