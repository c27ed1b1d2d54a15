package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.event.EventLog;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan resume}. */
@Command(
    name = "resume",
    description = "Take up the plan that was interrupted last, or a named one.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan resume")
final class ResumeCommand extends PlanAction {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      defaultValue = "",
      description = "The plan.")
  private String id = "";

  ResumeCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    String done = new Flow(desk()).resume(Optional.of(id).filter(i -> !i.isEmpty()));
    answer(
        EventLog.data().put("id", done).put("status", "in_progress"),
        "Resumed " + done + "; see flotilla plan next");
    return ExitCode.OK;
  }
}
