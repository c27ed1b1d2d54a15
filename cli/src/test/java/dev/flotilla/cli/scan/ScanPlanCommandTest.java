package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roadmap, read by the plan room itself. */
final class ScanPlanCommandTest {
  @TempDir Path directory = Path.of("");

  @BeforeEach
  void write() throws Exception {
    Files.writeString(
        directory.resolve("a.py"),
        "import os\ntry:\n    f()\nexcept:\n    pass\nos.system(x)\n# TODO: mend | it\n");
    Files.createDirectories(directory.resolve("old"));
    Files.writeString(directory.resolve("old/b.py"), "x = 1\n");
  }

  @Test
  void thePlanIsImportedLintedAndShown() throws Exception {
    assertThat(Run.in(directory, "scan", "plan", "-o", "roadmap.md").err())
        .contains("flotilla plan import roadmap.md");
    Run imported = Run.in(directory, "plan", "import", "roadmap.md");
    assertThat(imported.code()).as(imported.err()).isZero();
    Run lint = Run.in(directory, "plan", "lint");
    assertThat(lint.out()).contains("Nothing to mend in 1 plans");
    String id = imported.out().replaceAll("(?s).*Imported (\\S+).*", "$1");

    JsonNode shown = Json.mapper().readTree(Run.in(directory, "plan", "show", id, "--json").out());

    JsonNode phases = shown.path("phases");
    assertThat(phases).hasSizeGreaterThan(4);
    assertThat(phases.path(0).path("title").asText()).isEqualTo("Stop it from getting worse");
    assertThat(phases.findValuesAsText("title")).contains("Exceptions that say what happened");
    assertThat(Run.in(directory, "plan", "next").out()).contains("Stop it from getting worse");
    assertThat(
            Run.in(directory, "plan", "gate", id, "1").err()
                + Run.in(directory, "plan", "gate", id, "1").out())
        .contains("flotilla scan --only FLT");
    assertThat(Run.in(directory, "plan", "exec", id, "0").out())
        .contains("--create-baseline", "flotilla scan ci --write");
  }

  @Test
  void showsTheMatrixAndAnswersInJson() throws Exception {
    Run run = Run.in(directory, "scan", "plan");
    assertThat(run.out())
        .contains("prio", "★★★★★", "Stop it from getting worse", "scan plan -o roadmap.md");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(100));

    JsonNode answer = Json.mapper().readTree(Run.in(directory, "scan", "plan", "--json").out());
    assertThat(answer.path("initiatives").path(0).path("name").asText()).isEqualTo("guardrails");
    assertThat(answer.path("days").asDouble()).isPositive();
  }

  @Test
  void theGatesOfThePlanDecide() throws Exception {
    assertThat(Run.in(directory, "scan", "--only", "FLT101,FLT103", "--fail-on", "low").code())
        .isEqualTo(1);
    assertThat(Run.in(directory, "scan", "--only", "eval", "--fail-on", "low").code()).isZero();
    Run wrong = Run.in(directory, "scan", "--only", "bare-excpt");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("Did you mean bare-except?");
  }

  @Test
  void saysWhatCannotBeWritten() {
    Run run = Run.in(directory, "scan", "plan", "-o", "nowhere/roadmap.md");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("nowhere/roadmap.md cannot be written").contains("-o");
  }
}
