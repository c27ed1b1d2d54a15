package dev.flotilla.scan.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;
import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.rules.Rule;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class FormatTest {
  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(Format.class)
  void writesSomethingThatNamesTheFile(Format format) throws Exception {
    assertThat(written(format)).contains("agent.py");
  }

  @Test
  void jsonHasTheAgreedShape() throws Exception {
    JsonNode root = Json.mapper().readTree(written(Format.JSON));

    assertThat(root.path("summary").path("notParsing").asInt()).isEqualTo(1);
    JsonNode first = root.path("findings").get(0);
    assertThat(first.path("name").asText()).isEqualTo("syntax-error");
    assertThat(first.fieldNames())
        .toIterable()
        .startsWith("rule", "name", "severity", "confidence", "file", "line", "column", "message");
  }

  @Test
  void sarifNamesItsRulesByIndex() throws Exception {
    JsonNode run = Json.mapper().readTree(written(Format.SARIF)).path("runs").get(0);

    for (JsonNode result : run.path("results")) {
      JsonNode rule =
          run.path("tool").path("driver").path("rules").get(result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(result.path("partialFingerprints").size()).isEqualTo(1);
    }
  }

  @Test
  void theSummaryListsRulesUnderTheSeverityTheirFindingsHave() throws Exception {
    Files.writeString(
        root.resolve("agent.py"),
        """
        import subprocess
        subprocess.run(command, shell=True)
        subprocess.run('ls', shell=True)
        """);
    StringWriter out = new StringWriter();
    Report report = Report.of(Scan.run(ScanRequest.of(root)));
    Format.TEXT.write(report, out);

    report
        .summary()
        .graded()
        .forEach(
            (severity, rules) -> {
              int sum = rules.values().stream().mapToInt(Integer::intValue).sum();
              assertThat(sum).isEqualTo(report.summary().bySeverity().get(severity));
              rules.forEach(
                  (rule, count) ->
                      assertThat(out.toString())
                          .contains(
                              String.format(
                                  Locale.ROOT,
                                  "  %-8s %s %,6d",
                                  severity.word(),
                                  rule.id(),
                                  count)));
            });
    assertThat(report.summary().graded())
        .as("a rule with findings of two severities")
        .matches(
            graded -> graded.values().stream().filter(r -> r.containsKey(Rule.SHELL)).count() == 2);
  }

  @Test
  void junitIsXml() throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(Format.JUNIT))));

    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
  }

  @Test
  void fingerprintsDoNotCareForLines() throws Exception {
    JsonNode before = Json.mapper().readTree(written(Format.JSON)).path("findings").get(1);
    Files.writeString(
        root.resolve("agent.py"), "\n\n" + Files.readString(root.resolve("agent.py")));
    StringWriter out = new StringWriter();
    Format.JSON.write(Report.of(Scan.run(ScanRequest.of(root))), out);
    JsonNode after = Json.mapper().readTree(out.toString()).path("findings").get(1);

    assertThat(after.path("line").asInt()).isEqualTo(before.path("line").asInt() + 2);
    assertThat(after.path("fingerprint")).isEqualTo(before.path("fingerprint"));
  }

  private String written(Format format) throws Exception {
    Files.writeString(
        root.resolve("agent.py"), "x = 1)\ntry:\n    f()\nexcept:\n    raise_it('</script>')\n");
    StringWriter out = new StringWriter();
    format.write(Report.of(Scan.run(ScanRequest.of(root))), out);
    return out.toString();
  }
}
