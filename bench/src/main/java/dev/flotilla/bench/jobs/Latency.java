package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** From submission to start, one job at a time, over the bus. */
final class Latency {
  static final String HEAD =
      """
      | | submit → start p50, ms | p99, ms | durable submissions a second, one by one |
      |---|---|---|---|
      """;
  private static final int WARM = 200;
  private static final int JOBS = 500;

  private Latency() {}

  static String measure(Path state) throws Exception {
    try (Rig rig = new Rig(state);
        Rig.Caller submitter = rig.caller("submitter");
        Rig.Caller worker = rig.caller("worker");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      double[] millis =
          IntStream.range(0, WARM + JOBS)
              .mapToDouble(i -> once(submitter, worker, threads))
              .skip(WARM)
              .sorted()
              .toArray();
      long begun = System.nanoTime();
      for (int i = 0; i < JOBS; i++) {
        submit(submitter, "other");
      }
      double rate = JOBS / ((System.nanoTime() - begun) / 1e9);
      return row("Flotilla, SQLite, over the bus", millis, rate);
    }
  }

  private static double once(Rig.Caller submitter, Rig.Caller worker, ExecutorService threads) {
    Future<Long> started =
        threads.submit(
            () -> {
              JsonNode lease =
                  worker
                      .call(
                          "claim", Map.of("kinds", List.of("bench"), "worker", "w", "patience", 20))
                      .path("leases")
                      .path(0);
              long now = System.nanoTime();
              worker.call(
                  "complete",
                  Map.of(
                      "id", lease.path("job").path("id").asText(),
                      "token", lease.path("token").asText(),
                      "result", 1));
              return now;
            });
    try {
      Thread.sleep(3);
      long begun = System.nanoTime();
      submit(submitter, "bench");
      return (started.get() - begun) / 1e6;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void submit(Rig.Caller submitter, String kind) {
    var _ = submitter.call("submit", Map.of("jobs", List.of(Map.of("kind", kind, "payload", 1))));
  }

  static String row(String what, double[] sorted, double rate) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %,.0f |%n",
        what,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.99)],
        rate);
  }
}
