package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan new}. */
@Command(
    name = "new",
    description = "Make a plan and answer with its id.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan new \"Halve the build time\" --phase Measure --phase Mend")
final class NewCommand extends PlanAction {

  @Parameters(index = "0", paramLabel = "DESCRIPTION", description = "What the plan is for.")
  private String description = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Use this id instead of one that cannot collide.")
  private String id = "";

  @Option(names = "--owner", paramLabel = "NAME", description = "Who answers for it.")
  private String owner = "";

  @Option(
      names = "--phase",
      paramLabel = "TITLE",
      description = "A phase to begin with; may be given again.")
  private List<String> phases = List.of();

  @Option(
      names = "--protocol",
      description = "Begin with a PHASE 0 that says how to work with the plan.")
  private boolean protocol;

  NewCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    String made = new Writing(desk()).create(description, id, owner, phases, protocol);
    answer(
        EventLog.data().put("id", made),
        List.of("Made " + made, "Add a phase: flotilla plan add " + made + " \"TITLE\""));
    return ExitCode.OK;
  }
}
