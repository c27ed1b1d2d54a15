package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.view.PlanJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan undo}. */
@Command(
    name = "undo",
    description = "Reopen phase K, clear task K.N, or bring a deleted plan back.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan undo k3f9x 2 --reason \"the test was wrong\"")
final class UndoCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "K[.N]",
      defaultValue = "",
      description = "The phase, or a task of it; nothing for a deleted plan.")
  private String phase = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the log.")
  private String reason = "";

  UndoCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    if (phase.isEmpty()) {
      if (!desk.open(id).plan().status().equals(Status.DELETED)) {
        throw CommandFailure.usage(
            "undo without a phase",
            "a phase, unless the plan is deleted",
            "Name it: flotilla plan undo " + id + " K");
      }
      new Writing(desk).restore(id);
      answer(EventLog.data().put("id", id).put("restored", true), "Restored " + id);
      return ExitCode.OK;
    }
    PhaseRef ref = PhaseRef.of(phase);
    Closing closing = new Closing(desk);
    if (ref.rest().isEmpty()) {
      Closing.Closed open = closing.undo(id, ref.phase(), reason);
      answer(
          PlanJson.closed(open),
          (open.already() ? "Was open: PHASE " : "Open again: PHASE ")
              + open.phase()
              + ": "
              + open.title());
    } else {
      Task task = closing.tick(id, ref.phase(), ref.rest(), Mark.OPEN);
      answer(
          EventLog.data().put("id", id).put("phase", ref.phase()).put("task", task.path()),
          "Cleared " + phase + ": " + task.text());
    }
    return ExitCode.OK;
  }
}
