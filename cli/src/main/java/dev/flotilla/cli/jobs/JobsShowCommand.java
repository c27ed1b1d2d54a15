package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs show}. */
@Command(
    name = "show",
    description = "Show all that is known of a job.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs show j1mk2…")
final class JobsShowCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "JOB", description = "Its id.")
  private String id = "";

  JobsShowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode job = new JobsClient(context).job(id);
    if (context.options().json()) {
      context.printJson(job);
    } else {
      job.properties()
          .forEach(
              field ->
                  context
                      .screen()
                      .line(
                          "%-12s %s"
                              .formatted(
                                  field.getKey(),
                                  field.getValue().isTextual()
                                      ? field.getValue().asText()
                                      : field.getValue().toString())));
    }
    return ExitCode.OK;
  }
}
