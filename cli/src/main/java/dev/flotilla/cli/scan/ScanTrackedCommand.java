package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.view.View;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code flotilla scan todos} and {@code backups}. */
@Command(footerHeading = "%nExamples:%n")
final class ScanTrackedCommand implements Callable<Integer> {
  private final Context context;
  private final Tracked tracked;

  @Mixin private final ScanTarget target = new ScanTarget();
  @Mixin private final IssueOptions issues = new IssueOptions();
  @Mixin private final RowsOptions rows = new RowsOptions();

  ScanTrackedCommand(Context context, Tracked tracked) {
    this.context = context;
    this.tracked = tracked;
  }

  @Spec
  void describe(CommandSpec spec) {
    spec.usageMessage().description(tracked.description());
    spec.usageMessage().footer(tracked.examples().toArray(String[]::new));
  }

  @Override
  public Integer call() {
    boolean wanted = issues.wanted();
    ScanResult result = target.scan(context);
    if (wanted) {
      return issues.run(context, target.root(context), tracked.kind(), tracked.tickets(result));
    }
    rows.print(context, View.findings(result, Set.of(tracked.rule())), tracked.none());
    return ExitCode.OK;
  }
}
