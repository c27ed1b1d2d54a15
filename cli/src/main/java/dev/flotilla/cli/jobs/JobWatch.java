package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tells of jobs as they change: a line a change. */
final class JobWatch {
  private static final Duration PERIOD = Duration.ofMillis(300);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 60;
  private static final int MOST = 200;

  private final Context context;
  private JobsClient jobs;
  private final Map<String, JsonNode> seen = new HashMap<>();

  JobWatch(Context context) {
    this.context = context;
    this.jobs = new JobsClient(context);
  }

  /** Until the job has ended; 0 when it is done. */
  int untilEnd(JsonNode first) throws InterruptedException {
    JsonNode job = first;
    tell(job);
    while (!JobText.isEnd(job)) {
      Thread.sleep(PERIOD);
      String id = job.path("id").asText();
      job = heard(() -> jobs.job(id));
      tell(job);
    }
    return job.path("state").asText().equals("done") ? ExitCode.OK : ExitCode.FAILED;
  }

  /** All jobs, or all of a kind, until the command is ended. */
  int forEver(Map<String, Object> kind) throws InterruptedException {
    jobs.list(kind, MOST).forEach(job -> seen.put(job.path("id").asText(), job));
    while (true) {
      Thread.sleep(PERIOD);
      heard(() -> jobs.list(kind, MOST)).reversed().forEach(this::tell);
    }
  }

  /** A service or a node that is being restarted is asked again, for a minute. */
  private <T> T heard(Supplier<T> question) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return question.get();
      } catch (CommandFailure e) {
        if (attempt == ATTEMPTS || String.valueOf(e.getMessage()).startsWith("there is no job")) {
          throw e;
        }
        if (attempt == 0) {
          context.plainScreen().err().println(e.getMessage() + "; asking again");
        }
        Thread.sleep(REST);
        jobs = new JobsClient(context);
      }
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
