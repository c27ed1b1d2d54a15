package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Does the same to several jobs, one after the other. */
final class JobsChange {
  private JobsChange() {}

  static int each(Context context, String operation, List<String> ids) {
    JobsClient jobs = new JobsClient(context);
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
}
