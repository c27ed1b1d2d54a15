package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan hard-delete}. */
@Command(
    name = "hard-delete",
    description = "Remove a plan and its log for ever.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan hard-delete k3f9x --yes")
final class HardDeleteCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Option(names = "--yes", description = "Yes, for ever.")
  private boolean yes;

  HardDeleteCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    String file = desk.store().find(id);
    if (!yes) {
      throw CommandFailure.usage(
          "hard-delete of " + file + " without --yes",
          "--yes, because nothing brings it back",
          "Add --yes, or keep it with flotilla plan delete " + id);
    }
    new Writing(desk).hardDelete(id);
    answer(EventLog.data().put("id", file).put("removed", true), "Removed " + file + " for ever");
    return ExitCode.OK;
  }
}
