package dev.flotilla.model.manifest;

import static dev.flotilla.model.manifest.Manifests.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "--- null", "~"})
  void anEmptyFile(String text) {
    assertThat(only(text.getBytes(StandardCharsets.UTF_8)).found()).isEqualTo("an empty file");
  }

  @Test
  void notUtf8() {
    byte[] bytes = "agents:\n  gr\u00fcn: {command: x}\n".getBytes(StandardCharsets.ISO_8859_1);
    Problem problem = only(bytes);
    assertThat(problem.found()).isEqualTo("a byte 0xFC that is not UTF-8");
    assertThat(problem.where()).hasToString("fleet.yaml:2:5");
  }

  @Test
  void utf16AndByteOrderMarks() {
    assertThat(only("\uFEFFagents: {}".getBytes(StandardCharsets.UTF_16BE)).found())
        .isEqualTo("text in UTF-16");
    byte[] marked = "\uFEFFagents: {a: {command: x}}".getBytes(StandardCharsets.UTF_8);
    assertThat(load(marked)).isInstanceOf(Result.Ok.class);
  }

  @Test
  void tabsAreNamedOnEveryLine() {
    List<Problem> problems =
        failed("agents:\n\ta:\n  \t  command: x\n".getBytes(StandardCharsets.UTF_8));
    assertThat(problems)
        .extracting(p -> p.where().toString())
        .containsExactly("fleet.yaml:2:1", "fleet.yaml:3:3");
    assertThat(problems.getFirst().found()).isEqualTo("a tab in the indentation");
  }

  @Test
  void tenMegabytes() throws Exception {
    Path file = folder.resolve("big.yaml");
    Files.writeString(file, "# filler\n".repeat(10_000_000 / 9));
    Result<Fleet> result = ManifestLoader.load(file, Manifests.PLAIN);
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problems().toString()).contains("a file over 4 MiB"));
  }

  @Test
  void aBombOfAliases() {
    StringBuilder yaml = new StringBuilder("x-a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'j'; c++) {
      String below = "*" + (char) (c - 1);
      yaml.append("x-").append(c).append(": &").append(c).append(" [");
      yaml.append(String.join(", ", java.util.Collections.nCopies(10, below))).append("]\n");
    }
    assertThat(only(yaml.toString().getBytes(StandardCharsets.UTF_8)).found())
        .contains("aliases that repeat more than 50000 values");
  }

  @Test
  void anAliasToItself() {
    assertThat(only("agents: &a {b: *a}".getBytes(StandardCharsets.UTF_8)).found())
        .isEqualTo("the alias *a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void tooDeep(String open) {
    byte[] bytes = open.repeat(100_000).getBytes(StandardCharsets.UTF_8);
    assertThat(only(bytes).found()).isEqualTo("more than 64 levels of nesting");
  }

  @Test
  void duplicateKeysAreNamedWithTheFirst() {
    List<Problem> problems =
        failed("agents:\n  a: {command: x}\n  a: {command: y}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(problems)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.where()).hasToString("fleet.yaml:3:3");
              assertThat(p.found()).isEqualTo("the key 'a' a second time");
              assertThat(p.expected()).contains("line 2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agents: {a: [}",
        "agents:\n  a: b: c\n",
        "agents: 'open",
        "agents: !!python/object:os.system {a: 1}",
        "a: 1\n---\nb: 2\n",
        "? [a, b]\n: c",
        "a: \u0000",
        "%YAML 9.9\n---\na: 1",
        "&a",
        "*",
        "a: !<",
        "\uFEFF\uFEFF",
        "--- |\n",
      })
  void whatIsNotYamlIsAProblemWithAPlaceAndNeverAnException(String text) {
    List<Problem> problems = failed(text.getBytes(StandardCharsets.UTF_8));
    assertThat(problems)
        .as(lines(problems))
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(p.found()).isNotBlank();
              assertThat(p.expected()).isNotBlank();
              assertThat(p.advice()).isNotBlank();
            });
  }

  @Test
  void filesThatCannotBeRead() {
    assertThat(ManifestLoader.load(folder.resolve("none.yaml"), Manifests.PLAIN).toString())
        .contains("no such file");
    assertThat(ManifestLoader.load(folder, Manifests.PLAIN).toString()).contains("a folder");
  }

  private static Problem only(byte[] bytes) {
    List<Problem> problems = failed(bytes);
    assertThat(problems).as(lines(problems)).hasSize(1);
    return problems.getFirst();
  }

  private static List<Problem> failed(byte[] bytes) {
    return switch (load(bytes)) {
      case Result.Ok<Fleet> ok -> throw new AssertionError("expected problems");
      case Result.Failed<Fleet>(List<Problem> problems) -> problems;
    };
  }

  private static Result<Fleet> load(byte[] bytes) {
    return ManifestLoader.load("fleet.yaml", bytes, Path.of("/srv"), Manifests.PLAIN);
  }
}
