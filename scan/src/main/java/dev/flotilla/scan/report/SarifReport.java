package dev.flotilla.scan.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.flotilla.model.Version;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.RuleText;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SARIF 2.1.0 for code scanning: one run, at most 25,000 results, the gravest first when there are
 * more.
 */
final class SarifReport {
  private static final int MOST = 25_000;
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  static void write(Report report, Writer out) throws IOException {
    JsonGenerator json = JsonReport.generator(out);
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "flotilla-scan");
    json.writeStringField("semanticVersion", Version.CURRENT);
    Map<Rule, Integer> index = rules(json);
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("columnKind", "unicodeCodePoints");
    json.writeObjectFieldStart("originalUriBaseIds");
    json.writeObjectFieldStart("%SRCROOT%");
    json.writeObjectFieldStart("description");
    json.writeStringField("text", "The root of the repository.");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("results");
    for (Report.Entry entry : limited(report.entries())) {
      result(entry, index.getOrDefault(entry.finding().rule(), 0), json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }

  private static List<Report.Entry> limited(List<Report.Entry> entries) {
    return entries.size() <= MOST
        ? entries
        : entries.stream()
            .sorted(Comparator.comparing(e -> e.finding().severity()))
            .limit(MOST)
            .collect(Collectors.toList());
  }

  private static Map<Rule, Integer> rules(JsonGenerator json) throws IOException {
    Map<Rule, RuleText> texts = RuleText.all();
    Map<Rule, Integer> index = new EnumMap<>(Rule.class);
    json.writeArrayFieldStart("rules");
    for (Rule rule : Rule.values()) {
      index.put(rule, index.size());
      RuleText text = texts.getOrDefault(rule, new RuleText("", "", "", ""));
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      json.writeStringField("name", camel(rule.slug()));
      text(json, "shortDescription", rule.title() + ".");
      text(json, "fullDescription", text.why());
      text(json, "help", text.approach());
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(rule.severity()));
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeStringField("problem.severity", problem(rule.severity()));
      if (rule.id().startsWith("FLT2")) {
        json.writeStringField("security-severity", security(rule.severity()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    return index;
  }

  private static void result(Report.Entry entry, int ruleIndex, JsonGenerator json)
      throws IOException {
    Finding finding = entry.finding();
    json.writeStartObject();
    json.writeStringField("ruleId", finding.rule().id());
    json.writeNumberField("ruleIndex", ruleIndex);
    json.writeStringField("level", level(finding.severity()));
    text(json, "message", finding.message());
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(finding.file()));
    json.writeStringField("uriBaseId", "%SRCROOT%");
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", Math.max(1, finding.line()));
    if (finding.column() > 0) {
      json.writeNumberField("startColumn", finding.column());
    }
    json.writeEndObject();
    json.writeEndObject();
    if (!finding.symbol().isEmpty()) {
      json.writeArrayFieldStart("logicalLocations");
      json.writeStartObject();
      json.writeStringField("fullyQualifiedName", finding.symbol());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("flotilla/v1", entry.fingerprint());
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeStringField("confidence", finding.confidence().word());
    json.writeStringField("machine", entry.machine());
    json.writeStringField("gpuImpact", entry.gpuImpact());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("text", text.isEmpty() ? "-" : text);
    json.writeEndObject();
  }

  /** A relative reference by RFC 3986. */
  static String uri(String path) {
    StringBuilder result = new StringBuilder();
    for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      result.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
    }
    return result.toString();
  }

  private static String camel(String slug) {
    StringBuilder result = new StringBuilder();
    for (String part : slug.split("-", -1)) {
      result.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return result.toString();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "note";
    };
  }

  private static String problem(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "recommendation";
    };
  }

  private static String security(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "7.5";
      case MEDIUM -> "5.0";
      case LOW -> "2.0";
    };
  }
}
