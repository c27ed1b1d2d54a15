package dev.flotilla.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppendLogTest {
  private static final List<String> TEXTS =
      List.of("{\"a\":1}", "", "äöü €", "x".repeat(40), "{\"last\":true}");

  @TempDir Path folder;

  @Test
  void whatWasAppendedIsThereAgain() throws IOException {
    Path path = write(folder.resolve("deep/log"), TEXTS);
    try (AppendLog log = AppendLog.open(path)) {
      assertThat(log.recovered()).isEqualTo(TEXTS);
      assertThat(log.damaged()).isZero();
      assertThat(log.length()).isEqualTo(Files.size(path));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void cutAtEveryByteItGivesEveryWholeLineBeforeAndGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(write(folder.resolve("whole"), TEXTS));
    for (int cut = 0; cut <= whole.length; cut++) {
      Path path = folder.resolve("cut");
      Files.write(path, java.util.Arrays.copyOf(whole, cut));
      int lines = (int) new String(whole, 0, cut, StandardCharsets.ISO_8859_1)
          .chars().filter(c -> c == '\n').count();
      try (AppendLog log = AppendLog.open(path)) {
        assertThat(log.recovered()).as("cut at %d", cut).isEqualTo(TEXTS.subList(0, lines));
        log.append("more");
      }
      try (AppendLog log = AppendLog.open(path)) {
        assertThat(log.recovered()).hasSize(lines + 1).last().isEqualTo("more");
        assertThat(log.damaged()).isZero();
      }
    }
  }

  @Test
  void aFlippedBitCostsItsOwnLineOnly() throws IOException {
    byte[] whole = Files.readAllBytes(write(folder.resolve("whole"), TEXTS));
    for (int at = 0; at < whole.length; at++) {
      if (whole[at] == '\n') {
        continue;
      }
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Path path = folder.resolve("flipped");
      Files.write(path, flipped);
      try (AppendLog log = AppendLog.open(path)) {
        assertThat(log.damaged()).as("flipped at %d", at).isGreaterThanOrEqualTo(1);
        assertThat(log.recovered()).hasSize(TEXTS.size() - 1);
        assertThat(TEXTS).containsSubsequence(log.recovered());
      }
    }
  }

  @Test
  void aTextOfTwoLinesIsRefused() throws IOException {
    try (AppendLog log = AppendLog.open(folder.resolve("log"))) {
      assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Path write(Path path, List<String> texts) throws IOException {
    try (AppendLog log = AppendLog.open(path)) {
      for (String text : texts) {
        log.append(text);
      }
      log.force();
    }
    return path;
  }
}
