package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.view.View;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code flotilla scan ports}, {@code cycles} and so on: one thing of a scan. */
@Command(footerHeading = "%nExamples:%n")
final class ScanViewCommand implements Callable<Integer> {
  private final Context context;
  private final View view;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Mixin private final RowsOptions rows = new RowsOptions();

  ScanViewCommand(Context context, View view) {
    this.context = context;
    this.view = view;
  }

  @Spec
  void describe(CommandSpec spec) {
    String command = "  flotilla scan " + view.word();
    spec.usageMessage().description(view.description());
    spec.usageMessage().footer(command, command + " ~/monorepo --csv");
  }

  @Override
  public Integer call() {
    rows.print(context, view.of(target.scan(context)), "Nothing found.");
    return ExitCode.OK;
  }
}
