package dev.flotilla.scan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reports against the schemas of those who read them. */
class SchemasTest {
  /** Of GitLab's documentation of code quality reports. */
  private static final String GITLAB =
      """
      {"type": "array", "items": {"type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
          "description": {"type": "string", "minLength": 1},
          "check_name": {"type": "string", "minLength": 1},
          "fingerprint": {"type": "string", "minLength": 16},
          "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
          "location": {"type": "object", "required": ["path", "lines"], "properties": {
            "path": {"type": "string", "pattern": "^[^/]"},
            "lines": {"type": "object", "required": ["begin"],
              "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}}
      """;

  @TempDir Path root;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(root.resolve("a b.py"), "x = 1)\ntry:\n    f()\nexcept:\n    g('<&\"')\n");
    Files.createDirectories(root.resolve("old"));
    Files.writeString(root.resolve("old/ü.py"), "# TODO: mend\nimport os\nos.system(x)\n");
    Files.writeString(root.resolve("Dockerfile"), "FROM python:latest\n");
  }

  @Test
  void sarifIsWhatTheStandardSays() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);

      assertThat(schema.validate(written(Format.SARIF), InputFormat.JSON)).isEmpty();
      assertThat(schema.validate("{\"version\": \"2.1.0\"}", InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void gitlabIsWhatItsDocumentationSays() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(GITLAB);

    assertThat(schema.validate(written(Format.GITLAB), InputFormat.JSON)).isEmpty();
  }

  @Test
  void junitCountsWhatItHas() throws Exception {
    Element document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(written(Format.JUNIT))))
            .getDocumentElement();

    assertThat(document.getTagName()).isEqualTo("testsuites");
    NodeList suites = document.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(3);
    int all = 0;
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      int cases = suite.getElementsByTagName("testcase").getLength();
      assertThat(suite.getAttribute("name")).isNotEmpty();
      assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(cases));
      assertThat(suite.getAttribute("failures")).isEqualTo(Integer.toString(cases));
      assertThat(suite.getAttribute("errors")).isEqualTo("0");
      assertThat(suite.getAttribute("skipped")).isEqualTo("0");
      all += cases;
    }
    assertThat(document.getAttribute("tests")).isEqualTo(Integer.toString(all));
    Element first = (Element) document.getElementsByTagName("testcase").item(0);
    assertThat(first.getAttribute("classname")).isNotEmpty();
    assertThat(first.getAttribute("name")).contains(":");
  }

  /** The validator of those who made the format; npm brings it. */
  @Test
  @Tag("external")
  void theMultitoolFindsNoMistakeInTheSarif() throws Exception {
    Path folder = Files.createDirectory(root.resolve("tool"));
    boolean there;
    try {
      there =
          run(folder, "npm", "install", "--ignore-scripts", "@microsoft/sarif-multitool@5.7.0")
              == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "npm and its registry are not here");
    Path tool;
    try (var files = Files.walk(folder)) {
      tool = files.filter(f -> f.endsWith("Sarif.Multitool")).findFirst().orElse(Path.of(""));
    }
    assumeTrue(tool.toFile().setExecutable(true), "the multitool is not made for this system");
    Path report = folder.resolve("scan.sarif");
    Files.writeString(report, written(Format.SARIF));

    int code = run(folder, tool.toString(), "validate", report.toString());

    String said = Files.readString(folder.resolve("said"));
    assertThat(code).as(said).isZero();
    assertThat(said).doesNotContain(": error ").contains("1 files scanned");
  }

  private static int run(Path folder, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
    return builder.start().waitFor();
  }

  private String written(Format format) throws Exception {
    StringWriter out = new StringWriter();
    format.write(Report.of(Scan.run(ScanRequest.of(root))), out);
    return new String(out.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
