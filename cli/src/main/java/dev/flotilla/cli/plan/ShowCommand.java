package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.store.Stored;
import dev.flotilla.plan.view.PlanJson;
import dev.flotilla.plan.view.ShowText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan show}. */
@Command(
    name = "show",
    description = "Show a plan with its phases, evidence and text, or one phase.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan show k3f9x 2")
final class ShowCommand extends PlanAction {
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
      description = "Only this phase.")
  private String phase = "";

  ShowCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    Stored stored = desk.open(id);
    int only = phase.isEmpty() ? -1 : PhaseRef.index(phase);
    if (only >= 0) {
      Phase one = Desk.phase(stored, only);
      answer(
          json()
              ? PlanJson.phase(stored.plan(), stored.history(), one, desk.clock().instant())
              : EventLog.data(),
          ShowText.plan(stored, only, desk.clock().instant()));
    } else if (json()) {
      answer(PlanJson.show(stored, desk.clock().instant()), List.of());
    } else {
      context.screen().lines(ShowText.plan(stored, -1, desk.clock().instant()));
    }
    return ExitCode.OK;
  }
}
