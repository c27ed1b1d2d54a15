package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.PlanEntry.PhaseEntry;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code flotilla plan stats}. */
@Command(
    name = "stats",
    description = "Count plans, phases, verdicts and claims.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan stats")
final class StatsCommand extends PlanAction {

  StatsCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    List<PlanEntry> plans = desk.store().list();
    List<PhaseEntry> phases = plans.stream().flatMap(plan -> plan.phases().stream()).toList();
    var json = EventLog.data();
    json.put("plans", plans.size());
    json.put("open", plans.stream().filter(PlanEntry::open).count());
    json.put("phases", phases.size());
    json.put("done", phases.stream().filter(PhaseEntry::done).count());
    json.put("verified", phases.stream().filter(p -> p.verdict().equals("verified")).count());
    json.put("reported", phases.stream().filter(p -> p.verdict().equals("reported")).count());
    json.put("forced", phases.stream().filter(PhaseEntry::forced).count());
    json.put(
        "claimed",
        phases.stream()
            .filter(p -> !p.done() && !p.holder(desk.clock().instant()).isEmpty())
            .count());
    json.put("damaged", plans.stream().filter(p -> !p.damage().isEmpty()).count());
    answer(json, json.properties().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    return ExitCode.OK;
  }
}
