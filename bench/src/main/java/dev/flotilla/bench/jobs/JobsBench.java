package dev.flotilla.bench.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code JobsBench [--kills 200] [--kills-elsewhere 40] [--python PYTHON] [--report FILE]}:
 * measures on a SQLite file over the embedded bus, kills the process that keeps the jobs, and with
 * PYTHON also where they are in PostgreSQL or come from JetStream, and runs those peers that PYTHON
 * has: huey, rq, procrastinate.
 */
public final class JobsBench {
  private JobsBench() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    StringBuilder report = new StringBuilder("# Durable jobs\n\n");
    Path folder = Files.createTempDirectory("jobs-bench");
    Optional<String> python = option(words, "--python");
    report.append(INTRODUCTION).append(Latency.HEAD);
    report.append(Latency.measure(folder.resolve("latency")));
    report.append(python.isPresent() ? Peers.measure(python.get(), folder) : Peers.MISSING);
    report.append('\n').append(Throughput.measure(folder.resolve("throughput")));
    int kills = option(words, "--kills").map(Integer::parseInt).orElse(200);
    int others =
        option(words, "--kills-elsewhere").map(Integer::parseInt).orElse(Math.min(kills, 40));
    report.append('\n').append(Kills.HEAD).append(Kills.sqlite(folder.resolve("kills"), kills));
    if (python.isPresent() && others > 0) {
      report.append(Kills.postgres(python.get(), folder.resolve("postgres"), others));
      report.append(Kills.jetStream(python.get(), folder.resolve("jetstream"), others));
    }
    report.append("\nLoad of the machine: ");
    report.append(Files.readString(Path.of("/proc/loadavg")).strip()).append('\n');
    Optional<String> file = option(words, "--report");
    if (file.isPresent()) {
      Files.writeString(Path.of(file.get()), report);
    }
    System.out.println(report);
    System.exit(report.indexOf("LOST") < 0 ? 0 : 1);
  }

  private static Optional<String> option(List<String> words, String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).equals(name)) {
        values.add(words.get(i + 1));
      }
    }
    return values.stream().findFirst();
  }

  private static final String INTRODUCTION =
      """
      A submission counts once it is durable: SQLite with a flush for each commit, PostgreSQL as it \
      is delivered, Redis with `appendfsync always`. *Submit → start* is from the call of the one who \
      submits to the first line of the worker, one job at a time, the worker in a process or \
      connection of its own and waiting. The peers flush that a job was taken before it starts; Flotilla \
      does not wait for that: a loss of power may undo it, and the job is then given again.

      """;
}
