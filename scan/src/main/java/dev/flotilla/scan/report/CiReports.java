package dev.flotilla.scan.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.flotilla.scan.rules.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What build servers read: GitHub's workflow commands, GitLab's code quality, JUnit's XML. */
final class CiReports {
  private CiReports() {}

  static void github(Report report, Writer out) throws IOException {
    for (Report.Entry entry : report.entries()) {
      Finding f = entry.finding();
      String level =
          switch (f.severity()) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "notice";
          };
      out.write("::" + level + " file=" + property(f.file()));
      if (f.line() > 0) {
        out.write(",line=" + f.line());
      }
      if (f.column() > 0) {
        out.write(",col=" + f.column());
      }
      out.write(",title=" + property(f.rule().id() + " " + f.rule().slug()) + "::");
      out.write(data(f.message()) + "\n");
    }
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  static void gitlab(Report report, Writer out) throws IOException {
    JsonGenerator json = JsonReport.generator(out);
    json.writeStartArray();
    for (Report.Entry entry : report.entries()) {
      Finding f = entry.finding();
      json.writeStartObject();
      json.writeStringField("description", f.message());
      json.writeStringField("check_name", f.rule().id());
      json.writeStringField("fingerprint", entry.fingerprint());
      json.writeStringField(
          "severity",
          switch (f.severity()) {
            case CRITICAL -> "blocker";
            case HIGH -> "critical";
            case MEDIUM -> "major";
            case LOW -> "minor";
          });
      json.writeObjectFieldStart("location");
      json.writeStringField("path", f.file());
      json.writeObjectFieldStart("lines");
      json.writeNumberField("begin", Math.max(1, f.line()));
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.flush();
    out.write('\n');
  }

  static void junit(Report report, Writer out) throws IOException {
    Map<String, List<Report.Entry>> byFile = new TreeMap<>();
    for (Report.Entry entry : report.entries()) {
      byFile.computeIfAbsent(entry.finding().file(), _ -> new ArrayList<>()).add(entry);
    }
    int all = report.entries().size();
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write(
        "<testsuites name=\"flotilla scan\" tests=\"" + all + "\" failures=\"" + all + "\">\n");
    for (Map.Entry<String, List<Report.Entry>> file : byFile.entrySet()) {
      List<Report.Entry> entries = file.getValue();
      out.write(
          "<testsuite name=\""
              + xml(file.getKey())
              + "\" tests=\""
              + entries.size()
              + "\" failures=\""
              + entries.size()
              + "\" errors=\"0\" skipped=\"0\" time=\"0\">\n");
      for (Report.Entry entry : entries) {
        Finding f = entry.finding();
        String place = f.file() + ":" + f.line();
        out.write(
            "<testcase classname=\""
                + f.rule().id()
                + "\" name=\""
                + xml(place)
                + "\"><failure type=\""
                + f.severity().word()
                + "\" message=\""
                + xml(f.message())
                + "\"/></testcase>\n");
      }
      out.write("</testsuite>\n");
    }
    out.write("</testsuites>\n");
  }

  static String xml(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> result.append("&amp;");
        case '<' -> result.append("&lt;");
        case '>' -> result.append("&gt;");
        case '"' -> result.append("&quot;");
        default -> result.append(c < 32 && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return result.toString();
  }
}
