package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.scan.inventory.GitHistory;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input nobody wants: a clear word, and the rest unharmed. */
class BadInputTest {
  @TempDir Path root;

  @Test
  void aMissingPathIsAnError() {
    assertThatThrownBy(() -> Scan.run(ScanRequest.of(root.resolve("gone"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aHugeFileIsNamedAndNotRead() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("data.py").toFile(), "rw")) {
      file.setLength(200L << 20);
    }

    assertThat(findings())
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("200 MiB"));
  }

  @Test
  void bytesNamedPythonAreOneSyntaxError() throws Exception {
    Files.write(root.resolve("image.py"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});
    Files.write(root.resolve("null.py"), new byte[] {'x', '=', 0, '\n'});

    assertThat(findings())
        .extracting(Finding::rule)
        .containsExactly(Rule.SYNTAX_ERROR, Rule.SYNTAX_ERROR);
  }

  @Test
  void longAndDeepExpressionsDoNotStopIt() throws Exception {
    Monorepo.file(root, "sum.py", "x = " + "a + ".repeat(20_000) + "a\n");
    Monorepo.file(root, "deep.py", "x = " + "(".repeat(1000) + "1" + ")".repeat(1000) + "\n");
    Monorepo.file(root, "chain.py", "x = a" + ".b()".repeat(2000) + "\n");

    assertThat(findings()).extracting(Finding::file).containsExactly("deep.py");
  }

  @Test
  void circularLinksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(root.resolve("self"), root);
    Monorepo.file(root, "a.py", "x = (\n");

    assertThat(findings()).hasSize(1);
  }

  @Test
  void requirementsThatIncludeThemselvesAreNamed() throws Exception {
    Monorepo.file(root, "requirements.txt", "-r other-requirements.txt\n-r requirements.txt\n");

    assertThat(findings()).extracting(Finding::rule).contains(Rule.REQUIREMENT_PROBLEM);
  }

  @Test
  void aYamlBombDoesNotGoOff() throws Exception {
    StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'k'; c++) {
      bomb.append(
          String.format("%c: &%c [%s]%n", c, c, ("*" + (char) (c - 1) + ", ").repeat(9) + "x"));
    }
    Monorepo.file(root, "bomb.yaml", bomb.toString());
    Monorepo.file(root, "bad.yaml", "a: [1\nb: }");

    assertThat(findings()).extracting(Finding::file).containsExactly("bad.yaml", "bomb.yaml");
  }

  @Test
  void anUnknownInstructionIsNamed() throws Exception {
    Monorepo.file(
        root, "Dockerfile", "FORM python\nFROM python:3.11\nUSER a\nHEALTHCHECK CMD true\n");

    assertThat(findings()).extracting(Finding::rule).contains(Rule.DOCKER_PROBLEM);
  }

  @Test
  void a1000DeepNestingOfBlocksIsOneSyntaxError() throws Exception {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      code.append(" ".repeat(i)).append("if x:\n");
    }
    Monorepo.file(root, "deep.py", code.append(" ".repeat(1000)).append("pass\n").toString());
    Monorepo.file(root, "lists.py", "x = " + "[".repeat(1000) + "]".repeat(1000) + "\n");
    Monorepo.file(root, "whole.py", "try:\n    f()\nexcept:\n    g()\n");

    assertThat(findings())
        .extracting(f -> f.file() + " " + f.rule())
        .containsExactlyInAnyOrder(
            "deep.py SYNTAX_ERROR", "lists.py SYNTAX_ERROR", "whole.py BARE_EXCEPT");
  }

  @Test
  void aBrokenNotebookIsNamed() throws Exception {
    Monorepo.file(root, "a.ipynb", "{\"cells\": [");
    Monorepo.file(root, "b.ipynb", "[]");

    assertThat(findings()).extracting(Finding::file).contains("a.ipynb");
  }

  @Test
  void withoutGitNothingIsMissing() throws Exception {
    Monorepo.file(root, "a.py", "x = 1\n");

    assertThat(GitHistory.of(root)).isEmpty();
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Monorepo.file(root, "closed/a.py", "x = 1\n");
    Monorepo.file(root, "locked.py", "x = 1\n");
    Monorepo.file(root, "open.py", "x = (\n");
    Files.setPosixFilePermissions(root.resolve("closed"), Set.of());
    Files.setPosixFilePermissions(root.resolve("locked.py"), Set.of());
    try {
      assertThat(reportedWithoutRights())
          .containsExactlyInAnyOrder(
              "closed cannot be opened",
              "locked.py cannot be opened",
              "open.py SyntaxError: '(' was never closed");
    } finally {
      Files.setPosixFilePermissions(
          root.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Root may read everything; so the scan runs without that right. */
  private List<String> reportedWithoutRights() throws IOException, InterruptedException {
    if (!Files.isReadable(root.resolve("locked.py"))) {
      return findings().stream().map(f -> f.file() + " " + f.message()).toList();
    }
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
    Process process =
        new ProcessBuilder(
                "/usr/bin/setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                BadInputTest.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.lines().toList();
  }

  /** Prints what is found in a folder. */
  public static void main(String[] args) throws Exception {
    for (Finding finding : Scan.run(ScanRequest.of(Path.of(args[0]))).findings()) {
      System.out.println(finding.file() + " " + finding.message());
    }
  }

  private List<Finding> findings() throws IOException, InterruptedException {
    return Scan.run(new ScanRequest(root, false, 2, Optional.empty())).findings();
  }
}
