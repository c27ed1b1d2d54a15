package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.event.EventLog;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan interrupt}. */
@Command(
    name = "interrupt",
    description = "Set a plan aside, by default the one you work on.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan interrupt --reason \"an alert fired\"")
final class InterruptCommand extends PlanAction {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      defaultValue = "",
      description = "The plan.")
  private String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the log.")
  private String reason = "";

  InterruptCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    String done = new Flow(desk()).interrupt(Optional.of(id).filter(i -> !i.isEmpty()), reason);
    answer(
        EventLog.data().put("id", done).put("status", "interrupted"),
        "Interrupted " + done + "; take it up again with flotilla plan resume");
    return ExitCode.OK;
  }
}
