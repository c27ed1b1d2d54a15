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

/** {@code flotilla scan backups}. */
@Command(
    description = "List backups, trash and deprecated files, and keep issues of them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan backups",
      "  flotilla scan backups --issues github              what would be done, nothing written",
      "  flotilla scan backups --issues github --write      one issue a top folder"
    })
final class ScanBackupsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();
  @Mixin private final IssueOptions issues = new IssueOptions();
  @Mixin private final RowsOptions rows = new RowsOptions();

  ScanBackupsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean wanted = issues.wanted();
    ScanResult result = target.scan(context);
    if (wanted) {
      return issues.run(context, target.root(context), "backup", Tickets.backups(result));
    }
    rows.print(context, View.findings(result, EnumSet.of(Rule.BACKUP_FILE)), "No backups.");
    return ExitCode.OK;
  }
}
