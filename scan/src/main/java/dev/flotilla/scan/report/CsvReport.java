package dev.flotilla.scan.report;

import dev.flotilla.scan.rules.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Comma-separated values by RFC 4180, safe to open in a spreadsheet. */
public final class CsvReport {
  private CsvReport() {}

  static void write(Report report, Writer out) throws IOException {
    row(
        out,
        List.of(
            "rule",
            "name",
            "severity",
            "confidence",
            "file",
            "line",
            "column",
            "symbol",
            "machine",
            "gpuImpact",
            "message",
            "fingerprint"));
    for (Report.Entry entry : report.entries()) {
      Finding f = entry.finding();
      row(
          out,
          List.of(
              f.rule().id(),
              f.rule().slug(),
              f.severity().word(),
              f.confidence().word(),
              f.file(),
              Integer.toString(f.line()),
              Integer.toString(f.column()),
              f.symbol(),
              entry.machine(),
              entry.gpuImpact(),
              f.message(),
              entry.fingerprint()));
    }
  }

  /** Writes one row. */
  public static void row(Writer out, List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.write(i > 0 ? "," : "");
      out.write(cell(cells.get(i)));
    }
    out.write("\r\n");
  }

  private static String cell(String text) {
    boolean formula =
        !text.isEmpty()
            && "=+-@\t".indexOf(text.charAt(0)) >= 0
            && !text.matches("-?\\d+(?:\\.\\d+)?");
    String safe = formula ? "'" + text : text;
    return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }
}
