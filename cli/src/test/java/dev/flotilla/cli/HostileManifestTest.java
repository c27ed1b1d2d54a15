package dev.flotilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who checks a manifest that is none. */
class HostileManifestTest {
  @TempDir Path directory;

  @Test
  void empty() throws Exception {
    assertThat(check("")).contains("to do:");
  }

  @Test
  void notUtf8() throws Exception {
    assertThat(check("fleet: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)))
        .contains("fleet.yaml:1:11", "UTF-8");
  }

  @Test
  void tabs() throws Exception {
    assertThat(check("agents:\n\tA: {command: x}\n")).contains("fleet.yaml:2:1", "tab");
  }

  @Test
  void tenMegabytes() throws Exception {
    assertThat(check("# " + "x".repeat(10 << 20) + "\nagents: {}\n")).contains("fleet.yaml");
  }

  @Test
  void aBombOfAnchors() throws Exception {
    StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
    for (char c = 'b'; c < 'z'; c++) {
      char before = (char) (c - 1);
      bomb.append("%s: &%s [*%s, *%s, *%s]\n".formatted(c, c, before, before, before));
    }
    assertThat(check(bomb.toString())).contains("fleet.yaml");
  }

  @Test
  void aKeyTwice() throws Exception {
    assertThat(check("agents:\n  A: {command: x}\n  A: {command: y}\n"))
        .contains("a second time", "fleet.yaml:3:3");
  }

  @Test
  void aCycleOfThree() throws Exception {
    assertThat(
            check(
                """
                agents:
                  a: {command: sh, needs: [c]}
                  b: {command: sh, needs: [a]}
                  c: {command: sh, needs: [b]}
                """))
        .containsOnlyOnce("a cycle:")
        .contains("needs");
  }

  @Test
  void fiveHundredMistakesAreToldAtOnce() throws Exception {
    String agents =
        IntStream.range(0, 500)
            .mapToObj(i -> "  A" + i + ": {command: sh, prot: " + (i + 1) + "}\n")
            .collect(Collectors.joining());
    String told = check("agents:\n" + agents);
    assertThat(told.split("the unknown key 'prot'", -1)).hasSize(501);
    assertThat(told).contains("500 errors");
  }

  private String check(String manifest) throws Exception {
    return check(manifest.getBytes(StandardCharsets.UTF_8));
  }

  private String check(byte[] manifest) throws Exception {
    Files.write(directory.resolve("fleet.yaml"), manifest);
    Run run = Run.in(directory, "check");
    String told = run.out() + run.err();
    assertThat(run.code()).as(told).isEqualTo(1);
    assertThat(told).doesNotContain("Exception", "\tat ");
    return told;
  }
}
