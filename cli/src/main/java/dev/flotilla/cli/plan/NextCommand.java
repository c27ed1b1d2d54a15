package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.view.PlanJson;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code flotilla plan next}. */
@Command(
    name = "next",
    description = "Show what can be done now: phases that are ready and free.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan next --json")
final class NextCommand extends PlanAction {

  NextCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    List<Flow.Ready> ready = new Flow(desk()).next();
    answer(
        PlanJson.ready(ready),
        ready.isEmpty()
            ? List.of("Nothing is ready. Plans: flotilla plan list")
            : ready.stream().map(NextCommand::words).toList());
    return ExitCode.OK;
  }

  private static String words(Flow.Ready ready) {
    return ready.id()
        + "  PHASE "
        + ready.phase()
        + ": "
        + ready.title()
        + (ready.claimedBy().isEmpty() ? "" : "  (yours)")
        + (ready.status().equals("interrupted") ? "  (interrupted)" : "");
  }
}
