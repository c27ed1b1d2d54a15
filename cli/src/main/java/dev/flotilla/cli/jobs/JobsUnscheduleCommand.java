package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs unschedule}. */
@Command(
    name = "unschedule",
    description = "Take a schedule away; the jobs it submitted stay.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs unschedule inventory")
final class JobsUnscheduleCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "NAME", description = "Of the schedule.")
  private String name = "";

  JobsUnscheduleCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode answer = new JobsClient(context).call("remove-schedule", Map.of("name", name));
    if (!answer.path("removed").asBoolean()) {
      throw CommandFailure.of(
          "no schedule \"" + name + "\"", "the name of a schedule", "See: flotilla jobs schedules");
    }
    if (context.options().json()) {
      context.printJson(answer);
    } else {
      context.screen().line(name + " is taken away.");
    }
    return ExitCode.OK;
  }
}
