package dev.flotilla.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that {@code flotilla completion bash} prints, in a real bash. */
final class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory = Path.of("");

  @BeforeEach
  void script() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "there is no " + BASH);
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: voice
        agents:
          Memory: {command: memory}
          Mail: {command: mail}
          Translator: {command: translator}
        """);
    Files.writeString(
        directory.resolve("completion.sh"), Run.in(directory, "completion", "bash").out());
    Path program = directory.resolve("flotilla");
    Files.writeString(
        program,
        "#!/bin/sh\n[ \"$*\" = '-f fleet.yaml completion agents' ] || exit 1\ncat agents\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        directory.resolve("agents"),
        Run.in(directory, "-f", "fleet.yaml", "completion", "agents").out());
  }

  @Test
  void commandsAreCompleted() throws Exception {
    assertThat(completed("re")).containsExactly("restart", "rehearse");
    assertThat(completed("")).contains("up", "down", "status", "completion").doesNotContain("node");
    assertThat(completed("flag", "")).containsExactly("list", "get", "set", "history");
  }

  @Test
  void optionsAndTheirValuesAreCompleted() throws Exception {
    assertThat(completed("logs", "--fo")).containsExactly("--follow");
    assertThat(completed("graph", "--format", "")).containsExactly("text", "mermaid", "svg");
    assertThat(completed("completion", "")).containsExactly("bash", "zsh");
  }

  @Test
  void agentsAreCompletedWhereACommandTakesThem() throws Exception {
    assertThat(completed("-f", "fleet.yaml", "restart", "M")).containsExactly("Memory", "Mail");
    assertThat(completed("-f", "fleet.yaml", "rehearse", "--crash", "T"))
        .containsExactly("Translator");
    assertThat(completed("-f", "fleet.yaml", "restart", "Memory", "--js"))
        .containsExactly("--json");
  }

  private List<String> completed(String... words) throws IOException, InterruptedException {
    String typed = "./flotilla '" + String.join("' '", words) + "'";
    String said =
        """
        source ./completion.sh 2>&1
        compopt() { :; }
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        function=$(complete -p ./flotilla | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(typed);
    Process bash =
        new ProcessBuilder(BASH.toString(), "--norc", "--noprofile", "-c", said)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return out.lines().filter(line -> !line.isBlank()).toList();
  }
}
