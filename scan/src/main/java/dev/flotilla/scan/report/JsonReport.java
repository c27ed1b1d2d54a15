package dev.flotilla.scan.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.flotilla.scan.rules.Finding;
import java.io.IOException;
import java.io.Writer;

/** One JSON document, or one JSON object a line. */
final class JsonReport {
  private JsonReport() {}

  static JsonGenerator generator(Writer out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    return json;
  }

  static void write(Report report, Writer out) throws IOException {
    JsonGenerator json = generator(out);
    json.setPrettyPrinter(new DefaultPrettyPrinter(Separators.createDefaultInstance()));
    json.writeStartObject();
    json.writeFieldName("summary");
    summary(report.summary(), json);
    json.writeArrayFieldStart("findings");
    for (Report.Entry entry : report.entries()) {
      entry(entry, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }

  static void writeLines(Report report, Writer out) throws IOException {
    JsonGenerator json = generator(out);
    json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
    for (Report.Entry entry : report.entries()) {
      entry(entry, json);
    }
    json.flush();
    if (!report.entries().isEmpty()) {
      out.write('\n');
    }
  }

  private static void summary(Summary summary, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("files", summary.files());
    json.writeNumberField("pythonFiles", summary.pythonFiles());
    json.writeNumberField("lines", summary.lines());
    json.writeNumberField("notParsing", summary.broken());
    json.writeNumberField("agents", summary.agents());
    json.writeNumberField("endpoints", summary.endpoints());
    json.writeNumberField("endpointsResolved", summary.resolved());
    json.writeObjectFieldStart("bySeverity");
    for (var entry : summary.bySeverity().entrySet()) {
      json.writeNumberField(entry.getKey().word(), entry.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("byRule");
    for (var entry : summary.byRule().entrySet()) {
      json.writeNumberField(entry.getKey().id(), entry.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("worst");
    for (Summary.Place place : summary.worst()) {
      json.writeStartObject();
      json.writeStringField("file", place.file());
      json.writeNumberField("findings", place.findings());
      json.writeNumberField("weight", place.weight());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("quickWins");
    for (Summary.QuickWin win : summary.quickWins()) {
      json.writeStartObject();
      json.writeStringField("rule", win.rule().id());
      json.writeNumberField("findings", win.findings());
      json.writeNumberField("days", Math.round(win.days() * 10) / 10.0);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void entry(Report.Entry entry, JsonGenerator json) throws IOException {
    Finding finding = entry.finding();
    json.writeStartObject();
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("name", finding.rule().slug());
    json.writeStringField("severity", finding.severity().word());
    json.writeStringField("confidence", finding.confidence().word());
    json.writeStringField("file", finding.file());
    json.writeNumberField("line", finding.line());
    json.writeNumberField("column", finding.column());
    json.writeStringField("message", finding.message());
    json.writeStringField("symbol", finding.symbol());
    json.writeStringField("machine", entry.machine());
    json.writeStringField("gpuImpact", entry.gpuImpact());
    json.writeStringField("opportunity", entry.opportunity());
    json.writeStringField("approach", entry.approach());
    json.writeStringField("fingerprint", entry.fingerprint());
    json.writeEndObject();
  }
}
