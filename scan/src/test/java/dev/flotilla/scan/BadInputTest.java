package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  private List<Finding> findings() throws IOException, InterruptedException {
    return Scan.run(new ScanRequest(root, false, 2, Optional.empty())).findings();
  }
}
