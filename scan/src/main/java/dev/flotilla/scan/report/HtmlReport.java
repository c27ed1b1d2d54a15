package dev.flotilla.scan.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.inventory.Diagram;
import dev.flotilla.scan.inventory.SocketPicture;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One page without network: findings to filter, sort and search, agents, and their picture. */
final class HtmlReport {
  private HtmlReport() {}

  static void write(Report report, Writer out) throws IOException {
    String page = template();
    String filled =
        page.replace("/*DATA*/", safe(data(report)))
            .replace("<!--PICTURE-->", Diagram.svg(report.result().repository()))
            .replace("<!--SOCKETS-->", SocketPicture.svg(report.result()));
    out.write(filled);
  }

  private static String template() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("the page is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Nothing in the data may end the script it stands in. */
  private static String safe(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String data(Report report) throws IOException {
    StringWriter text = new StringWriter();
    JsonGenerator json = JsonReport.generator(text);
    Summary s = report.summary();
    json.writeStartObject();
    json.writeNumberField("files", s.pythonFiles());
    json.writeNumberField("lines", s.lines());
    json.writeNumberField("broken", s.broken());
    json.writeNumberField("sockets", s.endpoints());
    json.writeNumberField("resolved", s.resolved());
    json.writeObjectFieldStart("severities");
    for (var entry : s.bySeverity().entrySet()) {
      json.writeNumberField(entry.getKey().word(), entry.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("rules");
    for (Rule rule : s.byRule().keySet()) {
      json.writeArrayFieldStart(rule.id());
      json.writeString(rule.slug());
      json.writeString(rule.title());
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("findings");
    for (Report.Entry entry : report.entries()) {
      json.writeStartArray();
      json.writeString(entry.finding().severity().word());
      json.writeString(entry.finding().rule().id());
      json.writeString(entry.finding().file());
      json.writeNumber(entry.finding().line());
      json.writeString(entry.finding().message());
      json.writeString(entry.machine());
      json.writeString(entry.finding().confidence().word());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("agents");
    for (ConfiguredAgent agent : report.result().repository().agents().inForce()) {
      json.writeStartObject();
      json.writeStringField("name", agent.name());
      json.writeStringField("machine", agent.machine());
      json.writeStringField("group", agent.group());
      json.writeStringField("script", agent.path().orElse(agent.script()));
      json.writeNumberField("port", agent.port());
      json.writeNumberField("health", agent.healthPort());
      json.writeStringField("needs", String.join(", ", agent.needs()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    return text.toString();
  }
}
