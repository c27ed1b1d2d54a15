package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla jobs list}. */
@Command(
    name = "list",
    description = "Show jobs, the newest first.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs list --kind transcribe --state dead")
final class JobsListCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
  private String kind = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only blocked, queued, running, done, dead or cancelled ones.")
  private String state = "";

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
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("most", most);
    if (!kind.isEmpty()) {
      query.put("kind", kind);
    }
    if (!state.isEmpty()) {
      query.put("state", state);
    }
    JsonNode answer = new JobsClient(context).call("list", query);
    if (context.options().json()) {
      context.printJson(answer);
    } else if (answer.path("jobs").isEmpty()) {
      context.screen().line("No such jobs.");
    } else {
      context.screen().table(JobText.table(answer.path("jobs"), Instant.now()));
    }
    return ExitCode.OK;
  }
}
