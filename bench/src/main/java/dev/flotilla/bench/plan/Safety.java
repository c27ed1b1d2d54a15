package dev.flotilla.bench.plan;

import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import dev.flotilla.plan.store.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many writers at once, and writers killed at random moments: what was acknowledged must be there.
 */
final class Safety {
  private final Path folder;
  private final PlanStore store;

  Safety(Path folder) {
    this.folder = folder;
    this.store =
        new PlanStore(
            folder, new ForcedDisk(), Clock.systemUTC(), new SecureRandom(), PlanStore.WAIT);
  }

  private void plan(String name) {
    store.create(name, "bench", "---\nid: " + name + "\n---\n\n## PHASE 0: a\n", List.of());
  }

  private Process start(String plan, String name, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString(),
            plan,
            name,
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Writers in processes of their own; one line of the report. */
  String writers(String title, int writers, int plans, int each)
      throws IOException, InterruptedException {
    String prefix = "w" + writers + "x" + plans + "-";
    for (int i = 0; i < plans; i++) {
      plan(prefix + i);
    }
    long start = System.nanoTime();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      processes.add(start(prefix + i % plans, "a" + i, each));
    }
    List<Long> micros = new ArrayList<>();
    Set<String> acknowledged = new HashSet<>();
    int failed = 0;
    for (Process process : processes) {
      for (String line : lines(process)) {
        String[] parts = line.split(" ");
        acknowledged.add(parts[0]);
        micros.add(Long.parseLong(parts[1]));
      }
      failed += process.waitFor() == 0 ? 0 : 1;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int kept = 0;
    for (int i = 0; i < plans; i++) {
      kept += kept(prefix + i, acknowledged);
    }
    Collections.sort(micros);
    return String.format(
        Locale.ROOT,
        "| %s | %d acknowledged, %d kept, %d writers refused | p50 %.0f ms, p99 %.0f ms, most %.0f"
            + " ms | %.0f writes/s |",
        title,
        acknowledged.size(),
        kept,
        failed,
        micros.get(micros.size() / 2) / 1e3,
        micros.get((int) (micros.size() * 0.99)) / 1e3,
        micros.getLast() / 1e3,
        acknowledged.size() / seconds);
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }

  /** How many acknowledged writes of a plan stand both in the Markdown and in the log. */
  private int kept(String plan, Set<String> acknowledged) {
    Stored stored = store.read(plan);
    Set<String> tasks = new HashSet<>();
    stored.plan().phases().getFirst().tasks().forEach(task -> tasks.add(task.text()));
    int kept = 0;
    Set<String> seen = new HashSet<>();
    for (Event event : stored.log().events()) {
      String word = event.text("text");
      if (acknowledged.contains(word) && tasks.contains(word) && seen.add(word)) {
        kept++;
      }
    }
    return kept;
  }

  /** What killing gave. */
  private record Killed(int inTheMiddle, int unreadable, int lost) {
    Killed and(Killed other) {
      return new Killed(
          inTheMiddle + other.inTheMiddle, unreadable + other.unreadable, lost + other.lost);
    }
  }

  /** Kills writers at random moments again and again, on two plans side by side. */
  String kills(int times) throws InterruptedException, ExecutionException {
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Killed> other = lanes.submit(() -> kills("b", times / 2, new Random(2)));
      Killed all =
          lanes.submit(() -> kills("a", times - times / 2, new Random(1))).get().and(other.get());
      return String.format(
          Locale.ROOT,
          "| kill −9 × %d (%d in the middle of a series) | %d unreadable, %d acknowledged writes"
              + " lost |",
          times,
          all.inTheMiddle(),
          all.unreadable(),
          all.lost());
    }
  }

  private Killed kills(String lane, int times, Random random)
      throws IOException, InterruptedException {
    Set<String> acknowledged = new HashSet<>();
    Killed all = new Killed(0, 0, 0);
    String plan = "";
    for (int i = 0; i < times; i++) {
      if (i % 50 == 0) {
        plan = "killed-" + lane + i;
        plan(plan);
        acknowledged.clear();
      }
      Process process = start(plan, "k" + i, 100_000);
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String first = in.readLine();
        TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
        process.toHandle().destroyForcibly();
        process.waitFor();
        if (first != null) {
          acknowledged.add(first.split(" ")[0]);
        }
        int before = acknowledged.size();
        in.lines()
            .filter(line -> line.contains(" "))
            .forEach(line -> acknowledged.add(line.split(" ")[0]));
        Stored stored = store.read(plan);
        all =
            all.and(
                new Killed(
                    acknowledged.size() > before ? 1 : 0,
                    stored.plan().damage().isPresent() ? 1 : 0,
                    acknowledged.size() - kept(plan, acknowledged)));
      }
    }
    return all;
  }
}
