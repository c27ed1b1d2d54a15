package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.event.EventLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan baseline}. */
@Command(
    name = "baseline",
    description = "Record the value that a gate compares a name with.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan baseline k3f9x build.seconds=118")
final class BaselineCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "NAME=N", description = "The name and its value.")
  private String assignment = "";

  BaselineCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    int sign = assignment.indexOf('=');
    try {
      String name = assignment.substring(0, Math.max(0, sign));
      double value = Double.parseDouble(assignment.substring(sign + 1));
      new Gates(desk()).baseline(id, name, value);
      answer(
          EventLog.data().put("id", id).put("name", name).put("value", value),
          "From now on " + name + " is compared with " + assignment.substring(sign + 1));
      return ExitCode.OK;
    } catch (NumberFormatException e) {
      throw CommandFailure.usage(
          "\"" + assignment + "\"", "a name, = and a number", "Such as build.seconds=118");
    }
  }
}
