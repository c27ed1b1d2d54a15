package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.view.View;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flotilla scan todos}. */
@Command(description = "List what the comments say is still to be done.")
final class ScanTodosCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  ScanTodosCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    View.Rows rows = View.findings(target.scan(context), EnumSet.of(Rule.TODO));
    RowsOutput.print(context, rows, "No TODO left.");
    return ExitCode.OK;
  }
}
