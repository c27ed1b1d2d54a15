package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches of a real repository, merged by git with the driver. */
@Tag("slow")
final class GitMergeTest {
  @TempDir Path directory = Path.of("");

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "-c",
                "init.defaultBranch=main"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", words) + "\n" + out).isZero();
    return out;
  }

  private void plan(String... words) {
    List<String> all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of(words));
    Run run = Run.in(directory, all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void twoBranchesMergeWithoutLossOrConflict() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    git("init", "-q");
    git(
        "config",
        "merge.flotilla-plan.driver",
        java + " -cp " + classPath + " dev.flotilla.cli.Main plan merge --driver %O %A %B");
    plan("new", "ship", "--id", "ship", "--phase", "a", "--phase", "b");
    plan("add", "ship", "--phase", "0", "one");
    plan("add", "ship", "--phase", "0", "two");
    git("add", "-A");
    git("commit", "-qm", "start");
    git("checkout", "-qb", "other");
    plan("done", "ship", "0.2", "--as", "bo");
    plan("add", "ship", "theirs", "--as", "bo");
    git("commit", "-qam", "other");
    git("checkout", "-q", "main");
    plan("done", "ship", "0.1", "--as", "ana");
    plan("done", "ship", "0", "--force", "--reason", "demo", "--as", "ana");
    plan("add", "ship", "ours", "--as", "ana");
    git("commit", "-qam", "main");
    git("merge", "-q", "other", "-m", "both");
    String text = Files.readString(directory.resolve("plans/ship.md"));
    assertThat(text)
        .contains("PHASE 0: a ✔", "1. [x] one", "2. [x] two", "PHASE 2: ours", "PHASE 3: theirs")
        .doesNotContain("<<<<<<<");
    String log = Run.in(directory, "plan", "log", "ship").out();
    assertThat(log.lines()).hasSize(8);
    assertThat(log).contains("ana  ticked", "bo  ticked", "verdict=forced");
    assertThat(Run.in(directory, "plan", "lint", "ship").out()).doesNotContain("error");
  }
}
