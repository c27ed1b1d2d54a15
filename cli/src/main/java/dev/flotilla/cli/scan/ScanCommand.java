package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.gate.Baseline;
import dev.flotilla.scan.inventory.GitHistory;
import dev.flotilla.scan.report.Format;
import dev.flotilla.scan.report.Report;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan}. */
@Command(
    name = "scan",
    description =
        "Read a repository of agents: what is there, how it hangs together, what is wrong.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan ~/monorepo",
      "  flotilla scan --report html,sarif -o report",
      "  flotilla scan --baseline scan-baseline.json --fail-on high",
      "",
      "Exits with 0, with 1 when a finding fails the gate, with 2 when it could not run."
    })
final class ScanCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(
      names = "--report",
      paramLabel = "FORMAT",
      split = ",",
      description =
          "text, json, jsonl, csv, sarif, markdown, html, github, gitlab, junit; several by comma.")
  private List<String> reports = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; for several reports without ending.")
  private @Nullable Path output;

  @Option(
      names = "--only",
      paramLabel = "RULE",
      split = ",",
      description = "Only findings of these rules, by number, name or group such as FLT2.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "Exit with 1 when there is a finding this grave: critical, high, medium, low.")
  private @Nullable String failOn;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings that are known and do not fail.")
  private @Nullable Path baseline;

  @Option(names = "--create-baseline", description = "Write the baseline from this scan.")
  private boolean create;

  @Option(names = "--prune-baseline", description = "Take what was mended out of the baseline.")
  private boolean prune;

  @Option(
      names = "--ratchet",
      description =
          "Compare with the baseline rule by rule: fail when a rule has more findings than it had.")
  private boolean ratchet;

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      description = "The day from which a baseline made now counts for nothing.")
  private @Nullable LocalDate expires;

  @Option(
      names = "--since",
      paramLabel = "REVISION",
      description = "Report only files changed since a git revision.")
  private @Nullable String since;

  ScanCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Format> formats = formats();
    requireSense();
    Optional<Severity> gate = gate();
    Set<Rule> rules = rules();
    if (since != null) {
      requireRevision(since);
    }
    ScanResult result = target.scan(context);
    List<Finding> findings = since == null ? result.findings() : changed(result, since);
    if (!rules.isEmpty()) {
      findings = findings.stream().filter(f -> rules.contains(f.rule())).toList();
    }
    Report report = Report.of(result, findings);
    try {
      if (baseline != null) {
        return gated(report, context.directory().resolve(baseline), gate, formats);
      }
      write(report, formats);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "the report cannot be written: " + e.getMessage(),
          "a file that can be written",
          "Name another with -o");
    }
    return gate.isPresent() && failing(report.entries(), gate.get()) > 0
        ? ExitCode.FAILED
        : ExitCode.OK;
  }

  private static long failing(List<Report.Entry> entries, Severity gate) {
    return entries.stream().filter(e -> e.finding().severity().atLeast(gate)).count();
  }

  private int gated(Report report, Path file, Optional<Severity> asked, List<Format> formats)
      throws IOException {
    if (create) {
      Baseline.of(report, Optional.ofNullable(expires)).write(file);
      context
          .plainScreen()
          .err()
          .println("Wrote " + report.entries().size() + " known findings to " + file);
      return ExitCode.OK;
    }
    if (!Files.exists(file)) {
      throw CommandFailure.usage(
          baseline + " does not exist",
          "a baseline",
          "Make one: flotilla scan --baseline " + baseline + " --create-baseline");
    }
    Baseline known =
        Baseline.read(file)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        baseline + " is no baseline",
                        "what --create-baseline wrote",
                        "Take it from git, or make it anew"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Baseline.Comparison comparison =
        ratchet ? known.ratchet(report, today) : known.compare(report, today);
    Report fresh =
        Report.of(report.result(), comparison.fresh().stream().map(Report.Entry::finding).toList());
    write(fresh, formats);
    Severity gate = asked.orElse(Severity.LOW);
    long failing = failing(comparison.fresh(), gate);
    context
        .plainScreen()
        .err()
        .println(
            (comparison.expired() ? "The baseline has expired. " : "")
                + comparison.fresh().size()
                + (comparison.fresh().size() == 1 ? " new finding" : " new findings")
                + (asked.isEmpty() ? "" : ", " + failing + " at least " + gate.word())
                + (part() ? "" : ", " + comparison.mended().size() + " mended")
                + (failing > 0 ? ": the gate fails." : "."));
    if (prune && !comparison.expired() && failing == 0) {
      Baseline left = ratchet ? Baseline.of(report, known.expires()) : known.prune(comparison);
      left.write(file);
      context
          .plainScreen()
          .err()
          .println(baseline + " has " + left.known().size() + " findings left.");
    }
    return failing > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  /** Whether only a part of the findings is looked at. */
  private boolean part() {
    return since != null || !only.isEmpty();
  }

  /** Options that mean nothing, or something else, without others. */
  private void requireSense() {
    if (baseline == null && (create || prune || ratchet)) {
      throw CommandFailure.usage(
          create ? "--create-baseline" : prune ? "--prune-baseline" : "--ratchet",
          "--baseline FILE beside it",
          "Add --baseline scan-baseline.json");
    }
    if (expires != null && !create) {
      throw CommandFailure.usage(
          "--expires", "--create-baseline beside it", "Make the baseline anew with it");
    }
    if ((prune || create || ratchet) && part()) {
      throw CommandFailure.usage(
          (since != null ? "--since" : "--only")
              + " with "
              + (create ? "--create-baseline" : prune ? "--prune-baseline" : "--ratchet"),
          "all findings, as the baseline is of all of them",
          "Leave one of them out");
    }
  }

  private Optional<Severity> gate() {
    List<String> known = Arrays.stream(Severity.values()).map(Severity::word).toList();
    return Chosen.of(
            "--fail-on",
            failOn == null ? List.of() : List.of(failOn),
            known,
            word ->
                Arrays.stream(Severity.values())
                    .filter(s -> s.word().equalsIgnoreCase(word))
                    .findFirst())
        .stream()
        .findFirst();
  }

  private Set<Rule> rules() {
    List<String> known =
        Arrays.stream(Rule.values()).flatMap(r -> Stream.of(r.slug(), r.id())).toList();
    Set<Rule> rules = new HashSet<>();
    List<String> single = new ArrayList<>();
    for (String word : only) {
      List<Rule> group =
          Arrays.stream(Rule.values())
              .filter(r -> word.strip().matches("(?i)FLT\\d{1,2}"))
              .filter(r -> r.id().startsWith(word.strip().toUpperCase(Locale.ROOT)))
              .toList();
      rules.addAll(group);
      if (group.isEmpty()) {
        single.add(word);
      }
    }
    rules.addAll(Chosen.of("--only", single, known, Rule::named));
    return rules;
  }

  private List<Format> formats() {
    List<String> known = Arrays.stream(Format.values()).map(Format::word).toList();
    List<Format> formats = Chosen.of("--report", reports, known, Format::named);
    if (formats.isEmpty()) {
      formats.add(context.options().json() ? Format.JSON : Format.TEXT);
    }
    if (formats.size() > 1 && output == null) {
      throw CommandFailure.usage(
          formats.size() + " reports and no -o", "a name to write them to", "Add -o scan");
    }
    return formats;
  }

  private void write(Report report, List<Format> formats) throws IOException {
    for (Format format : formats) {
      if (output == null) {
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(context.plainScreen().out(), StandardCharsets.UTF_8),
                1 << 16);
        format.write(report, out);
      } else {
        Path file = output;
        if (formats.size() > 1) {
          file = file.resolveSibling(file.getFileName() + "." + extension(format, formats));
        }
        new OutputFile(context, file).write(out -> format.write(report, out));
      }
    }
  }

  /** Formats that share an ending are told apart by their name. */
  private static String extension(Format format, List<Format> formats) {
    boolean shared =
        formats.stream().filter(f -> f.extension().equals(format.extension())).count() > 1;
    return shared ? format.word() + "." + format.extension() : format.extension();
  }

  private void requireRevision(String revision) {
    try {
      if (!GitHistory.knows(target.root(context), revision)) {
        throw CommandFailure.usage(
            "--since " + revision,
            "a revision that git knows in " + target.root(context),
            "Name a commit, tag or branch, such as origin/main");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("git could not be asked", e);
    }
  }

  private List<Finding> changed(ScanResult result, String revision) {
    try {
      Set<String> files = GitHistory.changedSince(target.root(context), revision);
      return result.findings().stream().filter(f -> files.contains(f.file())).toList();
    } catch (IOException | InterruptedException e) {
      throw CommandFailure.usage(
          "git could not be asked: " + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT),
          "a git repository",
          "Leave --since out");
    }
  }
}
