package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The result as Markdown. */
record Report(
    Bench bench,
    int rounds,
    int agents,
    int costSeconds,
    int loopSeconds,
    int layered,
    String load) {

  /** A column: its head, what was measured, and with how many digits. */
  private record Column(String head, String what, int digits) {}

  String text() {
    StringBuilder text = new StringBuilder("# Supervision beside its peers\n\n");
    text.append(
        """
        %d agents, the same static program under each supervisor; it notes the time once it \
        listens. Median (least–most). Flotilla's node runs already when the start is ordered, as \
        does pm2's daemon; the others are daemons that start with their agents. Flotilla and \
        process-compose ask each agent over HTTP every second, the others ask nobody. The *floor* \
        is a loop in C of kill, waitpid, posix_spawn and listen: what a restart costs without a \
        supervisor.

        %s

        """
            .formatted(agents, machine()));
    table(
        text,
        "%d rounds in turns, five kills in each; cost over %d s at rest."
            .formatted(rounds, costSeconds),
        List.of(
            new Column("all ready, s", "ready s", 2),
            new Column("kill -9 → listening, ms", "kill ms", 1),
            new Column("stop all, s", "stop s", 2),
            new Column("orphans", "orphans", 0),
            new Column("memory (PSS), MiB", "pss MiB", 0),
            new Column("CPU, % of a core", "cpu %", 2)));
    table(
        text,
        """
        An agent that ends with 1 at once, and one whose port is held, for %d s; SIGSTOP until \
        another process listens, probes each second, three failures, timeout 1 s; stops of fleets \
        in which every seventh agent has a child in a session of its own.\
        """
            .formatted(loopSeconds),
        List.of(
            new Column("spawns of exit 1", "spawns", 0),
            new Column("CPU meanwhile, %", "loop cpu %", 2),
            new Column("spawns on a held port", "held spawns", 0),
            new Column("hung → replaced, s", "hang s", 1),
            new Column("stop with grandchildren, s", "stop children s", 2),
            new Column("orphans", "left children", 0)));
    table(
        text,
        "%d agents in 7 layers, each of which needs two of the layer before to be healthy."
            .formatted(layered),
        List.of(
            new Column("all ready, s", "dag s", 1),
            new Column("never ready", "dag missing", 0),
            new Column("started before a need", "dag violations", 0),
            new Column("stop all, s", "dag stop s", 1),
            new Column("orphans", "dag orphans", 0)));
    bench.remarks().forEach(remark -> text.append(remark).append("\n\n"));
    text.append("Versions: ")
        .append(
            bench.versions().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; ")))
        .append(".\n");
    return text.toString();
  }

  /** Those that have a number in any of the columns. */
  private void table(StringBuilder text, String words, List<Column> columns) {
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, Numbers> entry : bench.results().entrySet()) {
      if (columns.stream().anyMatch(column -> entry.getValue().has(column.what()))) {
        rows.append("| ").append(entry.getKey());
        columns.forEach(
            column ->
                rows.append(" | ").append(entry.getValue().text(column.what(), column.digits())));
        rows.append(" |\n");
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    text.append(words).append("\n\n| supervisor");
    columns.forEach(column -> text.append(" | ").append(column.head()));
    text.append(" |\n|---").append("|---".repeat(columns.size())).append("|\n");
    text.append(rows).append('\n');
  }

  private String machine() {
    try {
      return "Machine: %d cores, %s, load before the report %s."
          .formatted(
              Runtime.getRuntime().availableProcessors(),
              Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
              load);
    } catch (IOException e) {
      return "Machine: unknown.";
    }
  }

  /** The load of the machine now. */
  static String loadNow() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
