package dev.flotilla.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.report.Format;
import dev.flotilla.scan.report.Report;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  @TempDir Path root;
  @TempDir Path state;

  @BeforeEach
  void write() throws IOException {
    Monorepo.write(root);
  }

  @Test
  void findsAFaultOfEachKind() throws Exception {
    List<Rule> rules = scan(1).findings().stream().map(Finding::rule).toList();

    assertThat(rules)
        .contains(
            Rule.SYNTAX_ERROR,
            Rule.PORT_CONFLICT,
            Rule.PORT_DRIFT,
            Rule.SOCKET_MISMATCH,
            Rule.ORPHAN_CONNECT,
            Rule.OPEN_BIND,
            Rule.GHOST_AGENT,
            Rule.BROKEN_AGENT,
            Rule.NEED_MISSING,
            Rule.IMPORT_CYCLE,
            Rule.MISSING_REQUIREMENT,
            Rule.UNUSED_REQUIREMENT,
            Rule.DUPLICATE_REQUIREMENT,
            Rule.UNPINNED,
            Rule.VERSION_SKEW,
            Rule.STDLIB_REQUIREMENT,
            Rule.REQUIREMENT_PROBLEM,
            Rule.BACKUP_FILE,
            Rule.DOCKER_ROOT,
            Rule.DOCKER_UNPINNED,
            Rule.DOCKER_NO_HEALTH,
            Rule.DOCKER_NO_IGNORE,
            Rule.DOCKER_PIP);
  }

  @Test
  void tellsTheCycleOnceWithItsShortestCircle() throws Exception {
    assertThat(scan(1).findings())
        .filteredOn(f -> f.rule() == Rule.IMPORT_CYCLE)
        .singleElement()
        .satisfies(
            f -> assertThat(f.message()).contains("registry.py → main_pc_code/agents/twin.py"));
  }

  @Test
  void saysTheSameWithAnyNumberOfThreads() throws Exception {
    assertThat(json(scan(4))).isEqualTo(json(scan(1)));
  }

  @Test
  void readsOnlyWhatChanged() throws Exception {
    settle();
    ScanResult first = scan(2);
    ScanResult second = scan(2);
    Monorepo.file(root, "main_pc_code/agents/twin.py", "x = 1\n");
    ScanResult third = scan(2);

    assertThat(first.read()).isEqualTo(9);
    assertThat(second.read()).isZero();
    assertThat(json(second)).isEqualTo(json(first));
    assertThat(third.read()).isEqualTo(1);
  }

  @Test
  void takesADamagedCacheForNone() throws Exception {
    String clean = json(scan(1));
    byte[] bytes = Files.readAllBytes(state.resolve("facts"));
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(state.resolve("facts"), bytes);

    ScanResult again = scan(1);

    assertThat(again.read()).isEqualTo(9);
    assertThat(json(again)).isEqualTo(clean);
  }

  @Test
  void honoursSilencingComments() throws Exception {
    Monorepo.file(
        root, "quiet.py", "try:\n    x()\nexcept:  # noqa: E722\n    y()\nz = 1  # noqa: E722\n");

    assertThat(scan(1).findings())
        .filteredOn(f -> f.file().equals("quiet.py"))
        .extracting(Finding::rule)
        .contains(Rule.UNUSED_NOQA)
        .doesNotContain(Rule.BARE_EXCEPT);
  }

  @Test
  void ignoresWhatGitIgnores() throws Exception {
    Monorepo.file(root, ".gitignore", "out/\n*.gen.py\n!kept.gen.py\n");
    Monorepo.file(root, "out/a.py", "x = (\n");
    Monorepo.file(root, "b.gen.py", "x = (\n");
    Monorepo.file(root, "kept.gen.py", "x = (\n");

    assertThat(scan(1).findings())
        .filteredOn(f -> f.rule() == Rule.SYNTAX_ERROR)
        .extracting(Finding::file)
        .containsExactlyInAnyOrder("kept.gen.py", "pc2_code/agents/broken.py");
  }

  /** Files as old as those of a real repository. */
  private void settle() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
      }
    }
  }

  private ScanResult scan(int threads) throws IOException, InterruptedException {
    return Scan.run(new ScanRequest(root, false, threads, Optional.of(state.resolve("facts"))));
  }

  private static String json(ScanResult result) throws IOException {
    StringWriter out = new StringWriter();
    Format.JSON.write(Report.of(result), out);
    return out.toString();
  }
}
