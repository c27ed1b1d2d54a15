package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan add}. */
@Command(
    name = "add",
    description = "Add a phase to a plan, or with --phase a task to a phase.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan add k3f9x \"Measure the build\"")
final class AddCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "The title; further lines are the text of the phase.")
  private String text = "";

  @Option(names = "--phase", paramLabel = "K", description = "Add a task to this phase.")
  private String phase = "";

  AddCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Writing writing = new Writing(desk());
    if (phase.isEmpty()) {
      int index = writing.addPhase(id, text);
      answer(EventLog.data().put("id", id).put("phase", index), "Added PHASE " + index);
    } else {
      int index = PhaseRef.index(phase);
      String path = writing.addTask(id, index, text);
      answer(
          EventLog.data().put("id", id).put("phase", index).put("task", path),
          "Added task " + index + "." + path);
    }
    return ExitCode.OK;
  }
}
