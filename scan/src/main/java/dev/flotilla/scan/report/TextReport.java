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
    line(out, "");
    List<Map.Entry<Rule, Integer>> rules =
        s.byRule().entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Rule, Integer>, Severity>comparing(e -> e.getKey().severity())
                    .thenComparing(Map.Entry.<Rule, Integer>comparingByValue().reversed()))
            .toList();
    for (Map.Entry<Rule, Integer> entry : rules) {
      Rule rule = entry.getKey();
      line(
          out,
          String.format(
              Locale.ROOT,
              "  %-8s %s %,6d  %-24s %s",
              rule.severity().word(),
              rule.id(),
              entry.getValue(),
              rule.slug(),
              rule.title()));
    }
    if (!s.worst().isEmpty()) {
      line(out, "");
      line(out, "Worst places");
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
    line(out, "Where to look: flotilla scan --report html -o scan.html, flotilla scan drift,");
    line(out, "flotilla scan ports, flotilla scan cycles; docs/rules/FLT….md for each rule.");
  }

  private static String shortened(String text) {
    return text.length() > 90 ? text.substring(0, 89) + "…" : text;
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
