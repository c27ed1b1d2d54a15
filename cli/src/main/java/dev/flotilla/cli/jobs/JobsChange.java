package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which jobs a command changes: those named, or all of a kind. */
final class JobsChange {
  @Parameters(arity = "0..*", paramLabel = "JOB", description = "Their ids.")
  private List<String> ids = List.of();

  @Mixin private OfKind kind = new OfKind();
  @Mixin private InState state = new InState();

  /**
   * Does it.
   *
   * @param operation for one job; for those of a kind it ends in {@code -all}
   * @param done as people say it
   */
  int apply(Context context, String operation, String done) {
    if (ids.isEmpty() != kind.isGiven() || (state.isGiven() && !kind.isGiven())) {
      throw CommandFailure.usage(
          ids.isEmpty() ? "no job" : "jobs together with --kind or --state",
          "the ids of jobs, or a kind of which all are meant",
          "Such as flotilla jobs %s j1mk2…, or flotilla jobs %s --kind transcribe."
              .formatted(operation, operation));
    }
    JobsClient jobs = new JobsClient(context);
    return ids.isEmpty() ? all(context, jobs, operation, done) : each(context, jobs, operation);
  }

  private int each(Context context, JobsClient jobs, String operation) {
    List<JsonNode> changed = new ArrayList<>();
    for (String id : ids) {
      JsonNode job = jobs.call(operation, Map.of("id", id)).path("job");
      changed.add(job);
      if (!context.options().json()) {
        context.screen().line(JobText.line(job));
      }
    }
    if (context.options().json()) {
      context.printJson(Map.of("jobs", changed));
    }
    return ExitCode.OK;
  }

  private int all(Context context, JobsClient jobs, String operation, String done) {
    Map<String, Object> request = new LinkedHashMap<>(kind.request());
    request.putAll(state.request());
    long changed = 0;
    boolean more = true;
    while (more) {
      JsonNode answer = jobs.call(operation + "-all", request);
      changed += answer.path("jobs").asLong();
      more = answer.path("more").asBoolean();
    }
    if (context.options().json()) {
      context.printJson(Map.of("changed", changed));
    } else {
      context
          .screen()
          .line(
              String.format(
                  Locale.ROOT, "%,d %s %s.", changed, changed == 1 ? "job" : "jobs", done));
    }
    return ExitCode.OK;
  }
}
