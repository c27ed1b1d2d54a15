package dev.flotilla.scan.report;

import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/** The findings in the manner of a discovery report, the gravest in full. */
final class MarkdownReport {
  private static final int MOST = 200;

  private MarkdownReport() {}

  static void write(Report report, Writer out) throws IOException {
    Summary s = report.summary();
    out.write("# Scan\n\n");
    out.write(
        String.format(
            Locale.ROOT,
            "%,d files, %,d of them Python (%,d lines); %,d do not parse.%n%n",
            s.files(),
            s.pythonFiles(),
            s.lines(),
            s.broken()));
    out.write("| severity | findings |\n|---|---:|\n");
    for (Map.Entry<Severity, Integer> entry : s.bySeverity().entrySet()) {
      out.write("| " + entry.getKey().word() + " | " + entry.getValue() + " |\n");
    }
    out.write("\n| rule | findings | |\n|---|---:|---|\n");
    for (var entry : s.byRule().entrySet()) {
      out.write(
          "| "
              + entry.getKey().id()
              + " | "
              + entry.getValue()
              + " | "
              + entry.getKey().title()
              + " |\n");
    }
    out.write("\n## Worst places\n\n");
    for (Summary.Place place : s.worst()) {
      out.write("- `" + place.file() + "`: " + place.findings() + " findings\n");
    }
    out.write("\n## Findings\n");
    int written = 0;
    for (Severity severity : Severity.values()) {
      for (Report.Entry entry : report.entries()) {
        if (entry.finding().severity() == severity && written < MOST) {
          written++;
          finding(entry, out);
        }
      }
    }
    if (report.entries().size() > written) {
      out.write(
          "\n" + (report.entries().size() - written) + " more: `flotilla scan --report json`.\n");
    }
  }

  private static void finding(Report.Entry entry, Writer out) throws IOException {
    Finding f = entry.finding();
    out.write("\n🔍 FINDING: " + escape(f.rule().title()) + " (" + f.rule().id() + ")  \n");
    out.write("📁 LOCATION: `" + f.file() + (f.line() > 0 ? ":" + f.line() : "") + "`  \n");
    out.write("🖥️ MACHINE: " + entry.machine() + "  \n");
    out.write("🎯 GPU IMPACT: " + entry.gpuImpact() + "  \n");
    out.write("⚠️ IMPACT: " + f.severity().word() + " – " + escape(f.message()) + "  \n");
    out.write("💡 OPPORTUNITY: " + escape(entry.opportunity()) + "  \n");
    out.write("🔧 APPROACH: " + escape(entry.approach()) + "\n");
  }

  private static String escape(String text) {
    return text.replace("\n", " ")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_");
  }
}
