package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells of jobs as they change: a line a change. */
final class JobWatch {
  private static final Duration PERIOD = Duration.ofMillis(300);
  private static final int MOST = 200;

  private final Context context;
  private final JobsClient jobs;
  private final Map<String, JsonNode> seen = new HashMap<>();

  JobWatch(Context context, JobsClient jobs) {
    this.context = context;
    this.jobs = jobs;
  }

  /** Until the job has ended; 0 when it is done. */
  int untilEnd(JsonNode first) throws InterruptedException {
    JsonNode job = first;
    tell(job);
    while (!JobText.isEnd(job)) {
      Thread.sleep(PERIOD);
      job = jobs.job(job.path("id").asText());
      tell(job);
    }
    return job.path("state").asText().equals("done") ? ExitCode.OK : ExitCode.FAILED;
  }

  /** All jobs, or all of a kind, until the command is ended. */
  int forEver(String kind) throws InterruptedException {
    Map<String, Object> query =
        kind.isEmpty() ? Map.of("most", MOST) : Map.of("most", MOST, "kind", kind);
    for (JsonNode job : jobs.call("list", query).path("jobs")) {
      seen.put(job.path("id").asText(), job);
    }
    while (true) {
      Thread.sleep(PERIOD);
      List<JsonNode> now = new ArrayList<>();
      jobs.call("list", query).path("jobs").forEach(now::add);
      Collections.reverse(now);
      now.forEach(this::tell);
    }
  }

  private void tell(JsonNode job) {
    JsonNode before = seen.put(job.path("id").asText(), job);
    if (job.equals(before)) {
      return;
    }
    if (context.options().json()) {
      context.printJsonLine(Json.mapper(), job);
    } else if (before == null || !JobText.line(before).equals(JobText.line(job))) {
      context.screen().line(JobText.line(job));
    }
  }
}
