package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flotilla.assistant.jobs.JobTable;
import dev.flotilla.kernel.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Kills what keeps the jobs, again and again, and counts what it had answered. */
final class Kills {
  private static final int AFTER_THE_SERVER = 300;

  private final List<String> victim;
  private final Optional<Server> server;
  private final Set<String> submitted;
  private final Map<String, Set<String>> results = new HashMap<>();

  /**
   * @param victim main class and arguments of the process
   * @param server killed and started again every other time, before the process is
   * @param submitted what was answered to those who submitted, where that is not the process
   */
  private Kills(List<String> victim, Optional<Server> server, Set<String> submitted) {
    this.victim = List.copyOf(victim);
    this.server = server;
    this.submitted = submitted;
  }

  static final String HEAD =
      """
      `kill -9` 5 to 400 ms at random after the first answer (every fourth time: after the opening), \
      each time on the same jobs. *Answered* is what was told to be submitted or done before the kill; \
      *lost* are submissions that are not there, *not done* those that were not done in the end, \
      *other* results that are not what is kept, *doubled* jobs with two results.

      | jobs in | kills | answered | lost | not done | results answered | other | doubled | |
      |---|---|---|---|---|---|---|---|---|
      """;

  static String sqlite(Path folder, int kills) throws Exception {
    Files.createDirectories(folder);
    String file = folder.resolve("jobs.db").toString();
    Kills bench =
        new Kills(List.of(Victim.class.getName(), file), Optional.empty(), new HashSet<>());
    bench.kill(kills);
    return bench.verdict("a SQLite file", kills, file);
  }

  /** The process that keeps the jobs, and every other time PostgreSQL itself. */
  static String postgres(String python, Path folder, int kills) throws Exception {
    try (Server server = new Server(python, "postgres", folder)) {
      String url = "postgresql://bench@127.0.0.1:%d/postgres".formatted(server.port());
      Kills bench =
          new Kills(List.of(Victim.class.getName(), url), Optional.of(server), new HashSet<>());
      bench.kill(kills);
      return bench.verdict("PostgreSQL, which is killed, too, every other time,", kills, url);
    }
  }

  /** The service that takes jobs from JetStream, and every other time the nats-server itself. */
  static String jetStream(String python, Path folder, int kills) throws Exception {
    try (Server server = new Server(python, "nats", folder);
        Publisher publisher = new Publisher("nats://127.0.0.1:" + server.port())) {
      String url = "nats://127.0.0.1:" + server.port();
      Path state = folder.resolve("state");
      Kills bench =
          new Kills(
              List.of(StreamVictim.class.getName(), url, state.toString()),
              Optional.of(server),
              publisher.acknowledged());
      publisher.begin();
      bench.kill(kills, publisher::end);
      try (Rig rig = new Rig(state, Optional.empty(), url);
          Rig.Caller caller = rig.caller("verdict")) {
        return bench.verdict(
            "the work queue of JetStream, whose nats-server is killed, too, every other time,",
            kills,
            key -> caller.job("submit", Map.of("jobs", List.of(publisher.job(key)))),
            id -> caller.job("get", Map.of("id", id)));
      }
    }
  }

  private void kill(int kills) throws IOException, InterruptedException {
    kill(kills, () -> {});
  }

  private void kill(int kills, Runnable atTheEnd) throws IOException, InterruptedException {
    Random random = new Random(7);
    for (int i = 0; i < kills; i++) {
      once(random.nextInt(5, 400), i % 4 == 0, i % 2 == 1);
    }
    atTheEnd.run();
    drain();
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(victim);
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * @param fromTheStart whether the time counts from the opening of the database, or from the first
   *     answer
   */
  private void once(int millis, boolean fromTheStart, boolean theServer)
      throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader said = reader(process)) {
      if (!"ready".equals(said.readLine())) {
        throw new IOException("the jobs did not open after a kill");
      }
      Runnable kill = () -> killLater(process, millis, theServer);
      if (fromTheStart) {
        kill.run();
      }
      hear(said, fromTheStart ? () -> {} : kill);
    }
    process.waitFor();
  }

  private void killLater(Process process, int millis, boolean theServer) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(millis);
                    if (theServer && server.isPresent()) {
                      server.get().killAndStart();
                      Thread.sleep(AFTER_THE_SERVER);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  } finally {
                    // By its handle: destroying the process itself would drop what it has said.
                    var _ = process.toHandle().destroyForcibly();
                  }
                });
  }

  private void drain() throws IOException, InterruptedException {
    Process last = start("drain");
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

  private String verdict(String what, int kills, String where) throws Exception {
    try (JobTable jobs = Victim.open(where)) {
      Function<String, JsonNode> find =
          id -> jobs.find(id).<JsonNode>map(Wire::tree).orElse(MissingNode.getInstance());
      return verdict(what, kills, find, find);
    }
  }

  /**
   * @param bySubmission the job of what was said to be submitted
   */
  private String verdict(
      String what,
      int kills,
      Function<String, JsonNode> bySubmission,
      Function<String, JsonNode> byId) {
    int lost = 0;
    int undone = 0;
    for (String each : submitted) {
      JsonNode job = bySubmission.apply(each);
      lost += job.isMissingNode() ? 1 : 0;
      undone += job.path("state").asText().equals("done") ? 0 : 1;
    }
    int other = 0;
    for (Map.Entry<String, Set<String>> told : results.entrySet()) {
      String kept = byId.apply(told.getKey()).path("result").asText();
      other += told.getValue().contains(kept) ? 0 : 1;
    }
    long doubled = results.values().stream().filter(told -> told.size() > 1).count();
    boolean good = lost + other + undone + doubled == 0;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,d | %d | %d | %,d | %d | %d | %s |%n",
        what,
        kills,
        submitted.size(),
        lost,
        undone,
        results.size(),
        other,
        doubled,
        good ? "nothing lost, nothing doubled" : "LOST OR DOUBLED");
  }
}
