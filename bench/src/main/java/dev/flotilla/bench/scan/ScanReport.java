package dev.flotilla.bench.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The result as Markdown. */
final class ScanReport {
  private static final Set<String> BAR = Set.of("flake8", "bandit", "pylint", "jscpd 4", "jscpd 5");

  private final Facts facts;
  private final StringBuilder text = new StringBuilder();

  private ScanReport(Facts facts) {
    this.facts = facts;
  }

  /**
   * Everything measured.
   *
   * @param before the machine's load at the start
   * @param after and at the end
   */
  record Facts(
      int files,
      String version,
      Runs runs,
      JsonNode scan,
      List<ScanBench.Row> peers,
      List<Accuracy.Compared> accuracy,
      Optional<Cpython.Mutants> mutants,
      Sockets sockets,
      Map<Integer, Measured> growth,
      Determinism determinism,
      String before,
      String after,
      double minutes) {}

  static String of(Facts facts) {
    ScanReport report = new ScanReport(facts);
    report.head();
    report.bars();
    report.cost();
    report.runs();
    report.accuracy();
    report.growth();
    report.rules();
    report.add(
        """
        To measure again, with a CPython 3.11, npm and a checkout of the corpus:

            bench/run scan.ScanBench CORPUS
        """);
    return report.text.toString();
  }

  private void add(String words) {
    text.append(words);
  }

  private void head() {
    add("# The scan beside its peers\n\n");
    add(
        ("`HaymayndzUltra/voice-assistant-prod`, %d Python files, the same list for every tool. %d"
                + " cores, JDK %s; load at the start %s, at the end %s; %.0f minutes in all.\n\n")
            .formatted(
                facts.files(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                facts.before(),
                facts.after(),
                facts.minutes()));
  }

  private void bars() {
    Runs runs = facts.runs();
    add("## Bars\n\n| what | must | is | |\n|---|---|---|---|\n");
    facts.accuracy().forEach(this::bar);
    facts
        .mutants()
        .ifPresent(
            m ->
                bar(
                    m.count() + " files with one edit, verdict of CPython 3.11",
                    "all equal",
                    m.wrong().size() + " differ",
                    m.wrong().isEmpty()));
    bar("cold, CPU s", "≤ 15", "%.1f".formatted(runs.cold().cpu()), runs.cold().cpu() <= 15);
    double sum = 0;
    double older = 0;
    for (ScanBench.Row row : facts.peers()) {
      if (BAR.contains(row.name())) {
        double cpu = row.cost().cpu();
        bar(
            "cold, less than " + row.name(),
            "%.1f".formatted(cpu),
            "%.1f".formatted(runs.cold().cpu()),
            runs.cold().cpu() < cpu);
        sum += row.name().equals("jscpd 4") ? 0 : cpu;
        older += row.name().equals("jscpd 5") ? 0 : cpu;
      }
    }
    if (sum > 0) {
      times("their sum with jscpd 4", older / runs.cold().cpu());
      times("their sum with jscpd 5", sum / runs.cold().cpu());
    }
    seconds("unchanged, the summary, s", 1.0, runs.summary());
    seconds("unchanged, all findings as JSON, s", 1.0, runs.json());
    seconds("one file changed, the summary, s", 1.2, runs.changed());
    seconds("one file changed, all findings as JSON, s", 1.2, runs.changedJson());
    bar("memory cold, MiB", "≤ 700", "%.0f".formatted(runs.cold().rss()), runs.cold().rss() <= 700);
    Sockets sockets = facts.sockets();
    bar(
        "f-string addresses with a port",
        "≥ 70 %",
        "%d of %d, %s"
            .formatted(
                sockets.resolved(),
                sockets.written(),
                percent(sockets.resolved(), sockets.written())),
        sockets.resolved() >= 0.7 * sockets.written());
    bar(
        "reports that differ, threads 1, 2, 4",
        "0",
        Integer.toString(facts.determinism().different()),
        facts.determinism().different() == 0);
    add("\n");
  }

  private void bar(Accuracy.Compared row) {
    String must = row.must();
    bar(
        row.what(),
        must,
        "%d of %d, %d only ours".formatted(row.both(), row.peer(), row.onlyOurs().size()),
        row.holds());
  }

  private void times(String what, double is) {
    bar(what, "≥ 8 ×", "%.1f ×".formatted(is), is >= 8);
  }

  private void seconds(String what, double most, Measured is) {
    bar(what, "≤ " + most, "%.2f".formatted(is.wall()), is.wall() <= most);
  }

  private void bar(String what, String must, String is, boolean holds) {
    add("| %s | %s | %s | %s |\n".formatted(what, must, is, holds ? "met" : "**missed**"));
  }

  private void cost() {
    add(
        """
        ## Cost

        | tool | version | rules | CPU s | wall s | RSS MiB | findings | CPU beside ours |
        |---|---|---|---|---|---|---|---|
        """);
    Measured cold = facts.runs().cold();
    String own = facts.version().replace("flotilla ", "");
    row(
        "Flotilla, cold",
        own,
        "all, all kinds of files",
        cold,
        facts.scan().path("findings").size());
    facts.peers().forEach(r -> row(r.name(), r.version(), r.what(), r.cost(), r.findings()));
    add("\n");
  }

  private void row(String name, String version, String what, Measured cost, int findings) {
    add(
        "| %s | %s | %s | %.1f | %.1f | %.0f | %d | %.2f |\n"
            .formatted(
                name,
                version,
                what,
                cost.cpu(),
                cost.wall(),
                cost.rss(),
                findings,
                cost.cpu() / facts.runs().cold().cpu()));
  }

  private void runs() {
    add("## Runs\n\nMedians: of three cold runs, of five each of the others.\n\n");
    add("| run | wall s | CPU s | RSS MiB |\n|---|---|---|---|\n");
    Runs runs = facts.runs();
    run("cold", runs.cold());
    run("cold, the cache written", runs.kept());
    run("unchanged, the summary", runs.summary());
    run("unchanged, all findings as JSON", runs.json());
    run("the largest file changed, the summary", runs.changed());
    run("the largest file changed, all findings as JSON", runs.changedJson());
    facts.determinism().byThreads().forEach((n, cost) -> run("cold, threads " + n, cost));
    add("\n");
  }

  private void run(String what, Measured cost) {
    add("| %s | %.2f | %.2f | %.0f |\n".formatted(what, cost.wall(), cost.cpu(), cost.rss()));
  }

  private void accuracy() {
    add(
        """
        ## Accuracy

        | against | theirs | found by both | only theirs | only ours | recall | precision |
        |---|---|---|---|---|---|---|
        """);
    for (Accuracy.Compared row : facts.accuracy()) {
      add(
          "| %s | %d | %d | %d | %d | %s | %s |\n"
              .formatted(
                  row.what(),
                  row.peer(),
                  row.both(),
                  row.onlyPeer().size(),
                  row.onlyOurs().size(),
                  percent(row.both(), row.peer()),
                  percent(row.both(), row.both() + row.onlyOurs().size())));
    }
    add("\n");
    for (Accuracy.Compared row : facts.accuracy()) {
      places("only " + row.what(), row.onlyPeer());
      places("not in " + row.what(), row.onlyOurs());
    }
    facts.mutants().ifPresent(m -> places("edited", m.wrong()));
    add(
        ("\n"
             + "Of %d lines that bind or connect to an f-string %d are sockets to the scan, and %d"
             + " have a port or a configuration to take it from; the others are `unresolved`.\n\n")
            .formatted(
                facts.sockets().written(), facts.sockets().seen(), facts.sockets().resolved()));
    if (facts.mutants().isEmpty()) {
      add("No CPython 3.11 was found, so verdicts were not compared.\n\n");
    }
  }

  private void places(String what, List<String> places) {
    places.stream().limit(12).forEach(place -> add("- %s: `%s`\n".formatted(what, place)));
  }

  private void growth() {
    add(
        """
        ## Growth

        | Python files | CPU s | wall s | RSS MiB | CPU ms a file |
        |---|---|---|---|---|
        """);
    facts
        .growth()
        .forEach(
            (files, cost) ->
                add(
                    "| %d | %.1f | %.1f | %.0f | %.2f |\n"
                        .formatted(
                            files,
                            cost.cpu(),
                            cost.wall(),
                            cost.rss(),
                            cost.cpu() * 1000 / files)));
    add("\n");
  }

  private void rules() {
    Map<String, Integer> counts = new TreeMap<>();
    facts
        .scan()
        .path("findings")
        .forEach(
            row ->
                counts.merge(
                    row.path("rule").asText() + " " + row.path("name").asText(), 1, Integer::sum));
    add("## Findings by rule\n\n");
    counts.forEach((rule, count) -> add("- %s: %d\n".formatted(rule, count)));
    add("\n");
  }

  private static String percent(int part, int whole) {
    return "%.2f %%".formatted(100.0 * part / Math.max(1, whole));
  }
}
