package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.jobs.Database;
import dev.flotilla.assistant.jobs.Job;
import dev.flotilla.assistant.jobs.JobState;
import dev.flotilla.assistant.jobs.JobTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Kills the process that keeps the jobs, again and again, and counts what it had answered. */
final class Kills {
  private final Set<String> submitted = new HashSet<>();
  private final Map<String, Set<String>> results = new HashMap<>();

  private Kills() {}

  static String measure(Path folder, int kills) throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolve("jobs.db");
    Kills bench = new Kills();
    Random random = new Random(7);
    for (int i = 0; i < kills; i++) {
      bench.once(file, random.nextInt(5, 400), i % 4 == 0);
    }
    bench.drain(file);
    return bench.verdict(file, kills);
  }

  private static Process start(Path file, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                file.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * @param fromTheStart whether the time counts from the opening of the database, or from the first
   *     answer
   */
  private void once(Path file, int millis, boolean fromTheStart)
      throws IOException, InterruptedException {
    Process victim = start(file);
    try (BufferedReader said = reader(victim)) {
      if (!"ready".equals(said.readLine())) {
        throw new IOException("the jobs did not open after a kill");
      }
      Runnable kill = () -> killLater(victim, millis);
      if (fromTheStart) {
        kill.run();
      }
      hear(said, fromTheStart ? () -> {} : kill);
    }
    victim.waitFor();
  }

  private static void killLater(Process victim, int millis) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(millis);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  // By its handle: destroying the process itself would drop what it has said.
                  var _ = victim.toHandle().destroyForcibly();
                });
  }

  private void drain(Path file) throws IOException, InterruptedException {
    Process last = start(file, "drain");
    try (BufferedReader said = reader(last)) {
      hear(said, () -> {});
    }
    if (!last.waitFor(1, TimeUnit.MINUTES)) {
      last.destroyForcibly();
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** A line that was cut off by the kill was not said. */
  private void hear(BufferedReader said, Runnable first) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = said.read(); c >= 0; c = said.read()) {
      if (c == '\n') {
        if (lines.isEmpty()) {
          first.run();
        }
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append((char) c);
      }
    }
    for (String each : lines) {
      String[] words = each.split(" ");
      if (words[0].equals("submitted")) {
        submitted.add(words[1]);
      } else if (words[0].equals("done")) {
        results.computeIfAbsent(words[1], id -> new HashSet<>()).add(words[2]);
      }
    }
  }

  private String verdict(Path file, int kills) throws Exception {
    int lost = 0;
    int other = 0;
    int undone = 0;
    try (JobTable jobs =
        new JobTable(new Database.Sqlite(file), Clock.systemUTC(), new SecureRandom())) {
      for (String id : submitted) {
        Optional<Job> job = jobs.find(id);
        lost += job.isEmpty() ? 1 : 0;
        undone += job.filter(j -> j.state() != JobState.DONE).isPresent() ? 1 : 0;
      }
      for (Map.Entry<String, Set<String>> told : results.entrySet()) {
        Optional<String> kept = jobs.find(told.getKey()).flatMap(Job::result).map(JsonNode::asText);
        other += kept.filter(told.getValue()::contains).isPresent() ? 0 : 1;
      }
    }
    long doubled = results.values().stream().filter(told -> told.size() > 1).count();
    boolean good = lost + other + undone + doubled == 0;
    return """
    %d times `kill -9`, 5 to 400 ms at random after the first answer (every fourth time: after the \
    opening of the database), each time on the same SQLite file: \
    %,d submissions were answered, of which %d are not there and %d were not done in the end; \
    %,d results were answered, of which %d are not what is kept; %d jobs have two results. **%s**
    """
        .formatted(
            kills,
            submitted.size(),
            lost,
            undone,
            results.size(),
            other,
            doubled,
            good ? "Nothing lost, nothing doubled." : "LOST OR DOUBLED.");
  }
}
