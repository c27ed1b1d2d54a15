package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong around a scan: told what was found, what was expected, what to do. */
final class ScanBadInputTest {
  @TempDir Path directory = Path.of("");
  @TempDir Path home = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("a.py"), "x = (\n");
    Files.writeString(directory.resolve("file"), "where a folder should be");
  }

  @Test
  void aPathThatIsNotThere() {
    Run run = scan(home, "gone");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("gone does not exist").contains("flotilla scan PATH");
  }

  @Test
  void aReportThatCannotBeWritten() {
    Run run = scan(home, ".", "--report", "json", "-o", "file/report.json");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("cannot be written").contains("-o").doesNotContain("\tat ");
  }

  @Test
  void aCacheThatCannotBeWritten() {
    Run run = scan(directory.resolve("file"), ".");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--no-cache").doesNotContain("\tat ");
    assertThat(scan(directory.resolve("file"), ".", "--no-cache").code()).isZero();
  }

  private Run scan(Path state, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "scan";
    System.arraycopy(words, 0, all, 1, words.length);
    return Run.in(directory, Map.of("FLOTILLA_HOME", state.toString()), all);
  }
}
