package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.view.PlanJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan done}. */
@Command(
    name = "done",
    description = "Close phase K when its gate holds, or tick task K.N.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan done k3f9x 2 --confidence 95")
final class DoneCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K[.N]", description = "The phase, or a task of it.")
  private String phase = "";

  @Option(
      names = "--confidence",
      paramLabel = "N",
      description = "How sure you are that it is right, in percent.")
  private double confidence = -1;

  @Option(
      names = "--run",
      paramLabel = "HASH",
      description = "Run the commands of the gate that was shown with this hash.")
  private String run = "";

  @Option(
      names = "--force",
      description = "Close it although something is missing; needs --reason.")
  private boolean force;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is forced.")
  private String reason = "";

  DoneCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    PhaseRef ref = PhaseRef.of(phase);
    Closing closing = new Closing(desk());
    if (!ref.rest().isEmpty()) {
      Task task = closing.tick(id, ref.phase(), ref.rest(), Mark.DONE);
      answer(
          EventLog.data().put("id", id).put("phase", ref.phase()).put("task", task.path()),
          "Ticked " + phase + ": " + task.text());
      return ExitCode.OK;
    }
    Closing.Closed closed =
        closing.done(id, ref.phase(), new Closing.Wish(confidence, run, force, reason));
    answer(PlanJson.closed(closed), words(closed));
    return ExitCode.OK;
  }

  private static List<String> words(Closing.Closed closed) {
    String what =
        (closed.already() ? "Was done before: PHASE " : "Done: PHASE ")
            + closed.phase()
            + ": "
            + closed.title()
            + " ("
            + closed.verdict()
            + ")";
    return closed.status().equals(dev.flotilla.plan.Status.COMPLETED)
        ? List.of(what, "The plan is completed.")
        : List.of(what);
  }
}
