package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The result as Markdown. */
final class ScanReport {
  private ScanReport() {}

  /** Everything measured. */
  record Facts(
      int files,
      String version,
      Measured cold,
      Map<String, Measured> runs,
      JsonNode scan,
      List<ScanBench.Row> peers,
      List<Accuracy.Compared> accuracy,
      Map<Integer, Measured> growth,
      Determinism determinism) {}

  static String of(Facts facts) {
    StringBuilder text = new StringBuilder("# The scan beside its peers\n\n");
    text.append(
        "`HaymayndzUltra/voice-assistant-prod`, %d Python files, the same list for every tool. %s\n\n"
            .formatted(facts.files(), machine()));
    peers(facts, text);
    runs(facts, text);
    accuracy(facts, text);
    growth(facts, text);
    text.append(
        "## The same again\n\n%d cold runs with 1, 1, 2 and 4 threads: %d reports differ.\n\n"
            .formatted(facts.determinism().runs(), facts.determinism().different()));
    rules(facts.scan(), text);
    text.append(
        """
        To measure again:

            java -cp … dev.flotilla.bench.scan.ScanBench ./flotilla CORPUS bench/reports/scan.md FOLDER 10
        """);
    return text.toString();
  }

  private static void peers(Facts facts, StringBuilder text) {
    text.append(
        """
        ## Cost

        | tool | version | rules | CPU s | wall s | RSS MiB | findings | CPU beside ours |
        |---|---|---|---|---|---|---|---|
        """);
    Measured cold = facts.cold();
    text.append(
        "| Flotilla, cold | %s | all, all kinds of files | %.1f | %.1f | %.0f | %d | 1 |\n"
            .formatted(
                facts.version().replace("flotilla ", ""),
                cold.cpu(),
                cold.wall(),
                cold.rss(),
                facts.scan().path("findings").size()));
    double sum = 0;
    for (ScanBench.Row row : facts.peers()) {
      sum += row.name().equals("ruff") || row.name().equals("jscpd 4") ? 0 : row.cost().cpu();
      text.append(
          "| %s | %s | %s | %.1f | %.1f | %.0f | %d | %.2f |\n"
              .formatted(
                  row.name(),
                  row.version(),
                  row.what(),
                  row.cost().cpu(),
                  row.cost().wall(),
                  row.cost().rss(),
                  row.findings(),
                  row.cost().cpu() / cold.cpu()));
    }
    text.append(
        "| flake8, bandit, pylint and jscpd 5 together | | | %.1f | | | | %.1f |\n\n"
            .formatted(sum, sum / cold.cpu()));
  }

  private static void runs(Facts facts, StringBuilder text) {
    text.append("## Runs\n\n| run | wall s | CPU s | RSS MiB |\n|---|---|---|---|\n");
    facts
        .runs()
        .forEach(
            (what, cost) -> {
              if (!what.contains("not counted") && !what.contains("times")) {
                text.append(
                    "| %s | %.2f | %.2f | %.0f |\n"
                        .formatted(what, cost.wall(), cost.cpu(), cost.rss()));
              }
            });
    text.append('\n');
  }

  private static void accuracy(Facts facts, StringBuilder text) {
    text.append(
        "## Accuracy\n\n"
            + "| against | theirs | found by both | only theirs | only ours | recall | precision"
            + " |\n"
            + "|---|---|---|---|---|---|---|\n");
    for (Accuracy.Compared row : facts.accuracy()) {
      text.append(
          "| %s | %d | %d | %d | %d | %.2f %% | %.2f %% |\n"
              .formatted(
                  row.what(),
                  row.peer(),
                  row.both(),
                  row.onlyPeer().size(),
                  row.onlyOurs().size(),
                  100.0 * row.both() / Math.max(1, row.peer()),
                  100.0 * row.both() / Math.max(1, row.both() + row.onlyOurs().size())));
    }
    text.append('\n');
    for (Accuracy.Compared row : facts.accuracy()) {
      row.onlyPeer().stream()
          .limit(12)
          .forEach(place -> text.append("- only %s: `%s`\n".formatted(row.what(), place)));
      row.onlyOurs().stream()
          .limit(12)
          .forEach(place -> text.append("- not in %s: `%s`\n".formatted(row.what(), place)));
    }
    text.append('\n');
  }

  private static void growth(Facts facts, StringBuilder text) {
    text.append(
        """
        ## Growth

        | Python files | CPU s | wall s | RSS MiB | CPU ms a file |
        |---|---|---|---|---|
        """);
    facts
        .growth()
        .forEach(
            (files, cost) ->
                text.append(
                    "| %d | %.1f | %.1f | %.0f | %.2f |\n"
                        .formatted(
                            files,
                            cost.cpu(),
                            cost.wall(),
                            cost.rss(),
                            cost.cpu() * 1000 / files)));
    text.append('\n');
  }

  private static void rules(JsonNode scan, StringBuilder text) {
    Map<String, Integer> counts = new TreeMap<>();
    scan.path("findings")
        .forEach(
            row ->
                counts.merge(
                    row.path("rule").asText() + " " + row.path("name").asText(), 1, Integer::sum));
    text.append("## Findings by rule\n\n");
    counts.forEach((rule, count) -> text.append("- %s: %d\n".formatted(rule, count)));
    text.append('\n');
  }

  private static String machine() {
    try {
      return "Machine: %d cores, load before the report %s."
          .formatted(
              Runtime.getRuntime().availableProcessors(),
              Files.readString(Path.of("/proc/loadavg")).strip());
    } catch (IOException e) {
      return "Machine: unknown.";
    }
  }
}
