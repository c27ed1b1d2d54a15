package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.event.EventLog;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan ack}. */
@Command(
    name = "ack",
    description = "Say that you read and understood the IMPORTANT NOTE of a phase.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan ack k3f9x 2")
final class AckCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K", description = "The phase.")
  private String phase = "";

  AckCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    int index = PhaseRef.index(phase);
    Desk desk = desk();
    String note = new Gates(desk).acknowledge(id, index);
    answer(
        EventLog.data().put("id", id).put("phase", index).put("who", desk.who()).put("note", note),
        List.of("Acknowledged by " + desk.who() + ":", note));
    return ExitCode.OK;
  }
}
