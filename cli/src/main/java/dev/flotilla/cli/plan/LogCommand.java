package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.store.Stored;
import dev.flotilla.plan.view.PlanJson;
import dev.flotilla.plan.view.ShowText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan log}. */
@Command(
    name = "log",
    description = "Show what happened to a plan, who did it, and when.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan log k3f9x")
final class LogCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  LogCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Stored stored = desk().open(id);
    var json = EventLog.data().put("id", stored.plan().id());
    var list = json.putArray("events");
    stored.log().events().forEach(event -> list.add(PlanJson.event(event)));
    answer(json, stored.log().events().stream().map(ShowText::event).toList());
    return ExitCode.OK;
  }
}
