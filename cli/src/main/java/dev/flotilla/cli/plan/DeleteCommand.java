package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan delete}. */
@Command(
    name = "delete",
    description = "Take a plan off the lists (undo brings it back), or remove phase K.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan delete k3f9x")
final class DeleteCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "K",
      defaultValue = "",
      description = "Remove only this phase; its text goes to the log.")
  private String phase = "";

  DeleteCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Writing writing = new Writing(desk());
    if (phase.isEmpty()) {
      writing.delete(id);
      answer(
          EventLog.data().put("id", id).put("deleted", true),
          "Deleted " + id + "; its file stays. Back: flotilla plan undo " + id);
    } else {
      int index = PhaseRef.index(phase);
      String title = writing.deletePhase(id, index);
      answer(
          EventLog.data().put("id", id).put("phase", index).put("title", title),
          "Removed PHASE " + index + ": " + title);
    }
    return ExitCode.OK;
  }
}
