package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  /** A launcher whose name needs quoting. */
  private Path launcher() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path launcher = Files.createDirectories(directory.resolve("it's here")).resolve("flotilla");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '" + java + "' -cp '" + classPath + "' dev.flotilla.cli.Main \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return launcher;
  }

  @Test
  void aProgramThatHasGoneLeavesBothSidesInTheFile() throws IOException, InterruptedException {
    git("init", "-q");
    git("config", "merge.flotilla-plan.driver", MergeCommand.driver("/nowhere/flotilla"));
    plan("new", "ship", "--id", "ship", "--phase", "a");
    git("add", "-A");
    git("commit", "-qm", "start");
    git("checkout", "-qb", "other");
    plan("add", "ship", "theirs");
    git("commit", "-qam", "other");
    git("checkout", "-q", "main");
    plan("add", "ship", "ours");
    git("commit", "-qam", "main");
    git("config", "merge.conflictStyle", "merge");
    assertThat(
            new ProcessBuilder("git", "merge", "other")
                .directory(directory.toFile())
                .start()
                .waitFor())
        .isOne();
    assertThat(directory.resolve("plans/ship.md"))
        .content()
        .contains("PHASE 1: ours", "PHASE 1: theirs", "<<<<<<<");
    assertThat(Run.in(directory, "plan", "merge", "ship").out()).contains("Merged");
    assertThat(directory.resolve("plans/ship.md"))
        .content()
        .contains("PHASE 1: ours", "PHASE 2: theirs")
        .doesNotContain("<<<<<<<");
  }

  @Test
  void twoBranchesMergeWithoutLossOrConflict() throws IOException, InterruptedException {
    git("init", "-q");
    git("config", "merge.flotilla-plan.driver", MergeCommand.driver(launcher().toString()));
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
