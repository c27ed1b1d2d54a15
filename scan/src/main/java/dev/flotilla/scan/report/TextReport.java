package dev.flotilla.scan.report;

import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    List<Map.Entry<Rule, Integer>> rules =
        s.byRule().entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Rule, Integer>, Severity>comparing(e -> e.getKey().severity())
                    .thenComparing(Map.Entry.<Rule, Integer>comparingByValue().reversed()))
            .toList();
    int more = 0;
    int rest = 0;
    int others = 0;
    for (Map.Entry<Rule, Integer> entry : rules) {
      Rule rule = entry.getKey();
      boolean grave = rule.severity().atLeast(Severity.HIGH);
      if (!grave && others++ >= SHOWN) {
        more++;
        rest += entry.getValue();
        continue;
      }
      line(
          out,
          String.format(
              Locale.ROOT,
              "  %-8s %s %,6d  %s",
              rule.severity().word(),
              rule.id(),
              entry.getValue(),
              rule.title()));
    }
    if (more > 0) {
      line(
          out,
          String.format(
              Locale.ROOT,
              "  and %d more rules with %,d findings (--report markdown lists all)",
              more,
              rest));
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

  private static String shortened(String text) {
    return text.length() > 90 ? text.substring(0, 89) + "…" : text;
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
