package dev.flotilla.scan.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of reports. */
public enum Format {
  TEXT("txt"),
  JSON("json"),
  JSONL("jsonl"),
  CSV("csv"),
  SARIF("sarif"),
  MARKDOWN("md"),
  HTML("html"),
  GITHUB("txt"),
  GITLAB("json"),
  JUNIT("xml");

  private final String extension;

  Format(String extension) {
    this.extension = extension;
  }

  /** Writes a report in this format; the writer stays open. */
  public void write(Report report, Writer out) throws IOException {
    switch (this) {
      case TEXT -> TextReport.write(report, out);
      case JSON -> JsonReport.write(report, out);
      case JSONL -> JsonReport.writeLines(report, out);
      case CSV -> CsvReport.write(report, out);
      case SARIF -> SarifReport.write(report, out);
      case MARKDOWN -> MarkdownReport.write(report, out);
      case HTML -> HtmlReport.write(report, out);
      case GITHUB -> CiReports.github(report, out);
      case GITLAB -> CiReports.gitlab(report, out);
      case JUNIT -> CiReports.junit(report, out);
    }
    out.flush();
  }

  /** The usual ending of such files, without dot. */
  public String extension() {
    return extension;
  }

  /** The name in options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that name. */
  public static Optional<Format> named(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equalsIgnoreCase(word)).findFirst();
  }
}
