package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla plan cleanup}. */
@Command(
    name = "cleanup",
    description = "Move completed plans older than the retention to plans/archive.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan cleanup --older 7d --dry-run")
final class CleanupCommand extends PlanAction {

  @Option(
      names = "--older",
      paramLabel = "TIME",
      description = "How long completed plans stay; 7d when left out.")
  private String older = "7d";

  @Option(names = "--dry-run", description = "Only say which.")
  private boolean pretend;

  CleanupCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    List<String> gone = new Writing(desk()).cleanup(Spans.read(older), pretend);
    var json = EventLog.data();
    gone.forEach(json.putArray("archived")::add);
    answer(
        json,
        gone.isEmpty()
            ? List.of("Nothing is older than " + older)
            : gone.stream().map(one -> (pretend ? "Would archive " : "Archived ") + one).toList());
    return ExitCode.OK;
  }
}
