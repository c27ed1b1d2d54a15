package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Claims;
import dev.flotilla.plan.event.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan release}. */
@Command(
    name = "release",
    description = "Give a claimed phase back.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan release k3f9x 2")
final class ReleaseCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K", description = "The phase.")
  private String phase = "";

  ReleaseCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    int index = PhaseRef.index(phase);
    boolean released = new Claims(desk()).release(id, index);
    answer(
        EventLog.data().put("id", id).put("phase", index).put("released", released),
        released ? "Released PHASE " + index : "PHASE " + index + " was not claimed by you");
    return ExitCode.OK;
  }
}
