package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.tracker.Tickets;
import dev.flotilla.scan.view.View;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flotilla scan todos}. */
@Command(
    description = "List what the comments say is still to be done, and keep issues of it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan todos",
      "  flotilla scan todos --issues github              what would be done, nothing written",
      "  flotilla scan todos --issues github --write      one issue a TODO, once"
    })
final class ScanTodosCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();
  @Mixin private final IssueOptions issues = new IssueOptions();
  @Mixin private final RowsOptions rows = new RowsOptions();

  ScanTodosCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean wanted = issues.wanted();
    ScanResult result = target.scan(context);
    if (wanted) {
      return issues.run(context, target.root(context), "todo", Tickets.todos(result));
    }
    rows.print(context, View.findings(result, EnumSet.of(Rule.TODO)), "No TODO left.");
    return ExitCode.OK;
  }
}
