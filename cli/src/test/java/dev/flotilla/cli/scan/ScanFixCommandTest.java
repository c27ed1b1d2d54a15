package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanFixCommandTest {
  @TempDir Path directory = Path.of("");
  @TempDir Path home = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file("requirements.txt", "asyncio\nnumpy>=1\n");
    file("a.py", "import numpy\ntry:\n    open('x')\nexcept Exception:\n    pass\n");
    file("old/agent.py", "x = 1\n");
  }

  @Test
  void showsADiffAndWritesNothing() throws IOException {
    Run run = fix();

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("diff --git a/requirements.txt b/requirements.txt")
        .contains("--- a/requirements.txt\n+++ b/requirements.txt\n@@ -1,2 +1,1 @@\n-asyncio\n")
        .contains("rename from old/agent.py\nrename to archive/old/agent.py")
        .doesNotContain("a.py b/a.py");
    assertThat(run.err())
        .contains("1 file to change, 1 file to move.")
        .contains("Nothing was written; --write");
    assertThat(directory.resolve("requirements.txt")).hasContent("asyncio\nnumpy>=1\n");
  }

  @Test
  void saysWhatItCannotKnow() throws IOException {
    assertThat(fix().err()).doesNotContain("Mind unused");
    file("requirements.txt", "numpy>=1\ndlib\n");

    assertThat(fix("--narrow-excepts").err())
        .contains("Mind unused: no Python file imports these", "Mind excepts: ");
    assertThat(fix("--write").err()).doesNotContain("Mind");
  }

  @Test
  void writesAndTakesBack() throws IOException {
    Run run = fix("--write", "--narrow-excepts");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("2 files changed, 1 file moved.")
        .contains("The originals are in " + home)
        .contains("flotilla scan fix --undo");
    assertThat(directory.resolve("archive/old/agent.py")).exists();
    assertThat(Files.readString(directory.resolve("a.py"))).contains("with SafeExecutor(");
    assertThat(fix("--narrow-excepts").err()).contains("Nothing to mend by itself");
    assertThat(fix("--undo").out()).contains("everything is as it was before");
    assertThat(directory.resolve("old/agent.py")).exists();
    assertThat(fix("--undo").code()).isEqualTo(1);
    assertThat(fix("--undo").err()).contains("no fix was written");
  }

  @Test
  void theDiffIsOneThatGitApplies() throws Exception {
    Path patch = home.resolve("patch");
    Files.writeString(patch, fix("--narrow-excepts").out());
    Process git =
        new ProcessBuilder("git", "apply", patch.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(said).isZero();
    assertThat(directory.resolve("requirements.txt")).hasContent("numpy>=1\n");
    assertThat(directory.resolve("archive/old/agent.py")).exists();
    assertThat(fix("--narrow-excepts").out()).isEmpty();
  }

  @Test
  void takesKindsRulesAndFiles() throws IOException {
    assertThat(fix("--only", "FLT521").out()).contains("rename").doesNotContain("requirements");
    assertThat(fix("--only", "stdlib,backups").out()).contains("rename", "requirements");
    assertThat(fix("--in", "*.txt").out()).contains("requirements").doesNotContain("rename");
    Run wrong = fix("--only", "backup");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--only backup").contains("Did you mean backups?");
  }

  @Test
  void answersInJson() throws IOException {
    JsonNode answer = Json.mapper().readTree(fix("--json").out());

    assertThat(names(answer)).containsExactly("written", "changes", "left");
    assertThat(names(answer.path("changes").path(0)))
        .containsExactly("kind", "file", "to", "rules", "findings", "diff");
    assertThat(names(answer.path("left").path(0))).containsExactly("rule", "file", "line", "why");
    assertThat(answer.path("left").path(0).path("why").asText()).contains("--constraints");
  }

  @Test
  void pinsToWhatPipFreezeSays() throws IOException {
    file("freeze.txt", "numpy==1.26.4\n");

    assertThat(fix("--only", "pins", "--constraints", "freeze.txt").out())
        .contains("+numpy==1.26.4");
    assertThat(fix("--constraints", "gone.txt").err()).contains("pip freeze > gone.txt");
    assertThat(fix("--generate", "nowhere").code()).isEqualTo(2);
  }

  @Test
  void saysWhatCannotBeWritten() throws IOException {
    file("sub/old/agent.py", "x = 1\n");
    Files.delete(directory.resolve("old/agent.py"));
    Files.delete(directory.resolve("old"));
    file("archive", "a file in the way\n");

    Run run = fix("--only", "backups", "--write");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("the fix stopped").contains("--undo");
    assertThat(directory.resolve("sub/old/agent.py")).exists();
    assertThat(fix("--undo").code()).isZero();
  }

  private Run fix(String... words) {
    List<String> all = new ArrayList<>(List.of("scan", "fix"));
    all.addAll(List.of(words));
    return Run.in(directory, Map.of("FLOTILLA_HOME", home.toString()), all.toArray(String[]::new));
  }

  private void file(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
