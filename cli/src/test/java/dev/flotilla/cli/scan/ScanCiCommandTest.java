package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanCiCommandTest {
  private static final String WORKFLOW = ".github/workflows/guardrails.yml";

  @TempDir Path directory = Path.of("");

  @Test
  void showsBothFilesWithoutWriting() {
    Run run = Run.in(directory, "scan", "ci");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("# " + WORKFLOW, "repository: OWNER/REPO", "ref: REF", "cron: '0 6 * * *'")
        .contains("# .pre-commit-config.yaml", "id: flotilla-scan")
        .doesNotContain("@INSTALL@", "@COVERAGE@", "@SEVERITY@", "@BRANCH@");
    assertThat(directory.resolve(WORKFLOW)).doesNotExist();
  }

  @Test
  void writesOnceAndNeverOver() throws IOException {
    Run none = Run.in(directory, "scan", "ci", "--write");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("no --flotilla", "--flotilla OWNER/flotilla@v0.1.0");

    Run run = write();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Wrote " + WORKFLOW, "--create-baseline");
    assertThat(Files.readString(directory.resolve(WORKFLOW)))
        .contains("repository: ana/flotilla", "ref: v1", "--fail-on high")
        .contains("--floor coverage-floor.json --min 40 --raise 5/month");
    assertThat(write().out()).contains("is there already");

    Files.writeString(directory.resolve(".pre-commit-config.yaml"), "repos: []\n");
    Run second = write();
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.out())
        .contains(".pre-commit-config.yaml exists and stays as it is.")
        .contains("Add this to its repos:", "id: flotilla-scan");
    assertThat(directory.resolve(".pre-commit-config.yaml")).hasContent("repos: []");
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    assertThat(Run.in(directory, "scan", "ci", "--flotilla", "nowhere").err())
        .contains("OWNER/REPO@REF");
    assertThat(Run.in(directory, "scan", "ci", "--fail-on", "hihg").err())
        .contains("Did you mean high?");
  }

  /** Every command the workflow runs is one that there is. */
  @Test
  void itsCommandsAreUnderstood() throws IOException {
    write();
    Files.writeString(directory.resolve("a.py"), "x = 1\n");
    Files.writeString(
        directory.resolve("coverage.xml"), "<coverage line-rate=\"0.5\"></coverage>\n");
    Map<String, String> environment =
        Map.of("FLOTILLA_HOME", directory.resolve(".state").toString());
    Run.in(directory, environment, "scan", "--baseline", "scan-baseline.json", "--create-baseline");
    Run.in(directory, environment, "scan", "diagram", "-o", "fleet.svg");
    String text = Files.readString(directory.resolve(WORKFLOW)).replaceAll(">-\\n\\s+", "");
    List<String> commands =
        text.replaceAll("\\n {10}--report", " --report")
            .lines()
            .filter(line -> line.contains("\"$FLOTILLA\" scan"))
            .map(line -> line.replaceAll(".*\"\\$FLOTILLA\" |'$| > .*", ""))
            .map(line -> line.replace("docs/fleet.svg", "fleet.svg"))
            .map(line -> line.replaceAll("\"\\$RUNNER_TEMP(?:/daily)?/", "\"").replace("\"", ""))
            .toList();

    assertThat(commands).hasSize(7);
    for (String command : commands) {
      Run run = Run.in(directory, environment, command.split(" "));
      assertThat(run.code()).as(command + "\n" + run.err()).isZero();
    }
    assertThat(directory.resolve("scan.text.txt")).exists();
    assertThat(directory.resolve("scan.github.txt")).exists();
  }

  @Test
  @Tag("external")
  void actionlintFindsNothing() throws Exception {
    write();
    Path tool =
        Stream.of(
                Path.of(System.getenv().getOrDefault("HOME", "/"), "go", "bin", "actionlint"),
                Path.of("/usr/local/bin/actionlint"),
                Path.of("/usr/bin/actionlint"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(
        !tool.toString().isEmpty(),
        "actionlint is not here: go install github.com/rhysd/actionlint/cmd/actionlint@latest");

    Process process =
        new ProcessBuilder(tool.toString(), "-no-color", directory.resolve(WORKFLOW).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
  }

  private Run write() {
    return Run.in(
        directory,
        "scan",
        "ci",
        "--flotilla",
        "ana/flotilla@v1",
        "--min",
        "40",
        "--raise",
        "5/month",
        "--write");
  }
}
