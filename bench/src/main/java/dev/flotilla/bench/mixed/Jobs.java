package dev.flotilla.bench.mixed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Hands jobs in and works on them; every twentieth time a worker dies over one. Thread-safe. */
final class Jobs {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DIES = 20;

  private final TestFleet fleet;
  private final Account account;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  Jobs(TestFleet fleet, Account account) {
    this.fleet = fleet;
    this.account = account;
  }

  /** Hands in a job, and again with the same key until that is acknowledged. */
  void submit(long number) throws IOException, InterruptedException {
    Instant begun = Instant.now();
    HttpResponse<String> answer =
        fleet.post(
            TestFleet.JOBS,
            "/jobs",
            Map.of("jobs", List.of(Map.of("kind", "echo", "key", "k" + number, "payload", number))),
            PATIENCE);
    JsonNode tree = Wire.mapper().readTree(answer.body());
    if (answer.statusCode() == 201) {
      acknowledged.put(tree.at("/jobs/0/id").asText(), number);
    }
    account.note(
        "job submitted",
        answer.statusCode() == 201 ? End.ANSWERED : tree.has("error") ? End.TOLD : End.UNCLEAR,
        begun,
        answer.body());
  }

  void work(long number) throws IOException, InterruptedException {
    HttpResponse<String> claimed =
        fleet.post(
            TestFleet.JOBS,
            "/operations/claim",
            Map.of(
                "kinds", List.of("echo"),
                "worker", "worker-" + number,
                "most", 5,
                "lease", 5,
                "patience", 1),
            PATIENCE);
    for (JsonNode lease : Wire.mapper().readTree(claimed.body()).path("leases")) {
      if (ThreadLocalRandom.current().nextInt(DIES) == 0) {
        continue;
      }
      Instant begun = Instant.now();
      HttpResponse<String> done =
          fleet.post(
              TestFleet.JOBS,
              "/operations/complete",
              Map.of(
                  "id", lease.at("/job/id").asText(),
                  "token", lease.path("token").asText(),
                  "result", lease.at("/job/payload")),
              PATIENCE);
      account.note(
          "job worked on", done.statusCode() == 200 ? End.ANSWERED : End.TOLD, begun, done.body());
    }
  }

  /** Works until nothing is left to do, then looks for every job that was acknowledged. */
  void settle() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    Set<Long> seen = new HashSet<>();
    for (Map.Entry<String, Long> each : acknowledged.entrySet()) {
      Instant begun = Instant.now();
      JsonNode job = job(each.getKey());
      while (!job.path("state").asText().equals("done") && Instant.now().isBefore(end)) {
        work(0);
        job = job(each.getKey());
      }
      End how = End.LOST;
      if (!seen.add(each.getValue())) {
        how = End.DOUBLED;
      } else if (job.path("state").asText().equals("done")) {
        how = job.path("result").asLong() == each.getValue() ? End.ANSWERED : End.WRONG;
      }
      account.note("job acknowledged, in the end", how, begun, job.toString());
    }
  }

  private JsonNode job(String id) throws IOException, InterruptedException {
    return Wire.mapper().readTree(fleet.get(TestFleet.JOBS, "/jobs/" + id).body()).path("job");
  }
}
