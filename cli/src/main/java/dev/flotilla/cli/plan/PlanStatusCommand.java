package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.PlanEntry.PhaseEntry;
import dev.flotilla.plan.view.PlanJson;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan status}. */
@Command(
    name = "status",
    description = "Show how far plans are, who works on what, and what is interrupted.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan status")
final class PlanStatusCommand extends PlanAction {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      defaultValue = "",
      description = "One plan; all open ones when left out.")
  private String id = "";

  PlanStatusCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    Instant now = desk.clock().instant();
    String file = id.isEmpty() ? "" : desk.store().find(id);
    List<PlanEntry> plans =
        desk.store().list().stream()
            .filter(plan -> file.isEmpty() ? plan.open() : plan.file().equals(file))
            .toList();
    answer(
        json() ? PlanJson.list(plans, now) : EventLog.data(),
        plans.isEmpty()
            ? List.of("No open plan")
            : plans.stream().map(plan -> words(plan, now)).toList());
    return ExitCode.OK;
  }

  private static String words(PlanEntry plan, Instant now) {
    long done = plan.phases().stream().filter(PhaseEntry::done).count();
    String held =
        String.join(
            ", ",
            plan.phases().stream()
                .filter(phase -> !phase.done() && !phase.holder(now).isEmpty())
                .map(phase -> "PHASE " + phase.index() + " " + phase.holder(now))
                .toList());
    return plan.id()
        + "  "
        + plan.status()
        + "  "
        + done
        + "/"
        + plan.phases().size()
        + (held.isEmpty() ? "" : "  " + held);
  }
}
