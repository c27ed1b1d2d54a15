package dev.flotilla.scan.report;

import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A page to act on in a minute: totals, the worst places, what is soon done, where to look. */
final class TextReport {
  /** How many rules below high are shown. */
  private static final int SHOWN = 8;

  private TextReport() {}

  static void write(Report report, Writer out) throws IOException {
    Summary s = report.summary();
    line(
        out,
        String.format(
            Locale.ROOT,
            "%,d files read, %,d of them Python (%,d lines); %,d do not parse (%.0f %%)",
            s.files(),
            s.pythonFiles(),
            s.lines(),
            s.broken(),
            s.pythonFiles() == 0 ? 0.0 : 100.0 * s.broken() / s.pythonFiles()));
    line(
        out,
        String.format(
            Locale.ROOT,
            "%d agents configured, %,d sockets in the code (port known for %.0f %%)",
            s.agents(),
            s.endpoints(),
            s.endpoints() == 0 ? 100.0 : 100.0 * s.resolved() / s.endpoints()));
    line(out, "");
    StringBuilder totals = new StringBuilder("Findings");
    for (Map.Entry<Severity, Integer> entry : s.bySeverity().entrySet()) {
      totals.append(
          String.format(Locale.ROOT, "   %s %,d", entry.getKey().word(), entry.getValue()));
    }
    line(out, totals.toString());
    long old =
        report.entries().stream()
            .filter(e -> report.result().repository().isBackup(e.finding().file()))
            .count();
    if (old > 0) {
      line(out, String.format(Locale.ROOT, "%,d of them are inside of backups", old));
    }
    line(out, "");
    Set<Rule> more = EnumSet.noneOf(Rule.class);
    int rest = 0;
    int others = 0;
    for (var graded : s.graded().entrySet()) {
      Severity severity = graded.getKey();
      for (var entry : byNumber(graded.getValue())) {
        if (!severity.atLeast(Severity.HIGH) && others++ >= SHOWN) {
          more.add(entry.getKey());
          rest += entry.getValue();
          continue;
        }
        line(
            out,
            String.format(
                Locale.ROOT,
                "  %-8s %s %,6d  %s",
                severity.word(),
                entry.getKey().id(),
                entry.getValue(),
                entry.getKey().title()));
      }
    }
    if (!more.isEmpty()) {
      line(
          out,
          String.format(
              Locale.ROOT,
              "  and %,d lesser ones of %d rules (--report markdown lists all)",
              rest,
              more.size()));
    }
    if (!s.worst().isEmpty()) {
      line(out, "");
      line(out, "Worst places (agents count double; backups left out)");
      for (Summary.Place place : s.worst()) {
        line(out, String.format(Locale.ROOT, "  %4d findings  %s", place.findings(), place.file()));
        line(out, String.format(Locale.ROOT, "                 %s", shortened(place.gravest())));
      }
    }
    if (!s.quickWins().isEmpty()) {
      line(out, "");
      line(out, "Quick wins (at most three days each)");
      for (Summary.QuickWin win : s.quickWins()) {
        line(
            out,
            String.format(
                Locale.ROOT,
                "  %4.1f d  %3d × %s (%s)",
                win.days(),
                win.findings(),
                win.rule().title().toLowerCase(Locale.ROOT),
                win.rule().id()));
      }
    }
    line(out, "");
    line(out, "What to do next");
    line(out, "  flotilla scan plan                            the work, in the order to do it");
    line(
        out,
        "  flotilla scan fix                             what can be mended by itself, as a diff");
    line(
        out,
        "  flotilla scan drift                           where code, configuration and images"
            + " differ");
    line(out, "  flotilla scan --report html -o scan.html      all of it, to filter and search");
    line(
        out,
        "  flotilla scan --baseline scan-baseline.json --create-baseline   let nothing new in");
  }

  private static List<Map.Entry<Rule, Integer>> byNumber(Map<Rule, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Rule, Integer>comparingByValue().reversed())
        .toList();
  }

  private static String shortened(String text) {
    return text.length() > 90 ? text.substring(0, 89) + "…" : text;
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
