package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla jobs list}. */
@Command(
    name = "list",
    description = "Show jobs, the newest first.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs list --kind transcribe --state dead")
final class JobsListCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private OfKind kind = new OfKind();
  @Mixin private InState state = new InState();

  @Option(
      names = "--most",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "How many at most; 20 when left out.")
  private int most = 20;

  JobsListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (most < 1) {
      throw CommandFailure.usage("--most " + most, "a number from 1", "Such as --most 100.");
    }
    Map<String, Object> query = new LinkedHashMap<>(kind.request());
    query.putAll(state.request());
    List<JsonNode> jobs = new JobsClient(context).list(query, most);
    if (context.options().json()) {
      context.printJson(Map.of("jobs", jobs));
    } else if (jobs.isEmpty()) {
      context.screen().line(query.isEmpty() ? "There are no jobs." : "There are no such jobs.");
    } else {
      context.screen().table(JobText.table(jobs, Instant.now()));
      if (jobs.size() == most) {
        context
            .screen()
            .line("The newest " + most + "; --most shows more, flotilla jobs counts how many.");
      }
    }
    return ExitCode.OK;
  }
}
