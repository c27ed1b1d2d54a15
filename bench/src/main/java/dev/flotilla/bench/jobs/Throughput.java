package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at once: those that wait for one flush share it. */
final class Throughput {
  private static final int CALLERS = 32;
  private static final int EACH = 200;

  private Throughput() {}

  static String measure(Path state) throws Exception {
    StringBuilder rows =
        new StringBuilder(
            "Flotilla, SQLite, over the bus, %d callers at once:%n%n| | jobs a second |%n|---|---|%n"
                .formatted(CALLERS));
    try (Rig rig = new Rig(state);
        Rig.Caller caller = rig.caller("callers");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rate(threads, 20, () -> submit(caller, 1));
      row(rows, "durable submissions, one a call", rate(threads, EACH, () -> submit(caller, 1)));
      row(
          rows,
          "durable submissions, 50 a call",
          rate(threads, EACH / 20, () -> submit(caller, 50)));
      row(
          rows,
          "whole lives: submitted, claimed, done, ten a claim",
          rate(threads, EACH / 10, () -> live(caller)));
    }
    return rows.toString();
  }

  private static int submit(Rig.Caller caller, int count) {
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(Map.of("kind", "bench", "payload", i));
    }
    return caller.call("submit", Map.of("jobs", jobs)).path("jobs").size();
  }

  private static int live(Rig.Caller caller) {
    int done = submit(caller, 10);
    JsonNode leases =
        caller
            .call("claim", Map.of("kinds", List.of("bench"), "worker", "w", "most", 10))
            .path("leases");
    for (JsonNode lease : leases) {
      var _ =
          caller.call(
              "complete",
              Map.of(
                  "id", lease.path("job").path("id").asText(),
                  "token", lease.path("token").asText(),
                  "result", 1));
    }
    return done;
  }

  private static double rate(ExecutorService threads, int each, Callable<Integer> work)
      throws Exception {
    long begun = System.nanoTime();
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          threads.submit(
              () -> {
                int jobs = 0;
                for (int n = 0; n < each; n++) {
                  jobs += work.call();
                }
                return jobs;
              }));
    }
    int jobs = 0;
    for (Future<Integer> caller : callers) {
      jobs += caller.get();
    }
    return jobs / ((System.nanoTime() - begun) / 1e9);
  }

  private static void row(StringBuilder rows, String what, double rate) {
    rows.append(String.format(Locale.ROOT, "| %s | %,.0f |%n", what, rate));
  }
}
