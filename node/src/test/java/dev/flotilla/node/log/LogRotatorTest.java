package dev.flotilla.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.node.process.FileHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotatorTest {
  @TempDir Path folder;
  private final List<String> troubles = new ArrayList<>();

  private LogRotator rotator(long bytes, int keep) {
    return new LogRotator(
        folder, new Rotation(bytes, keep), (agent, text) -> troubles.add(agent + " " + text));
  }

  private static byte[] unzip(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  @Test
  void keepsTheNewestAndForgetsTheOldest() throws IOException {
    Path log = folder.resolve("a@here.log");
    LogRotator rotator = rotator(10, 2);
    for (int i = 0; i < 5; i++) {
      Files.writeString(
          log,
          "round " + i + " is long enough\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      rotator.look();
    }
    assertThat(log).isEmptyFile();
    assertThat(unzip(folder.resolve("a@here.log.1.gz")))
        .asString()
        .isEqualTo("round 4 is long enough\n");
    assertThat(unzip(folder.resolve("a@here.log.2.gz")))
        .asString()
        .isEqualTo("round 3 is long enough\n");
    assertThat(folder.resolve("a@here.log.3.gz")).doesNotExist();
    assertThat(troubles).isEmpty();
  }

  @Test
  void smallLogsAreLeftAlone() throws IOException {
    Path log = folder.resolve("a@here.log");
    Files.writeString(log, "short");
    rotator(10, 2).look();
    assertThat(log).hasContent("short");
  }

  @Test
  void binaryBlobsAndALineWithoutEndSurvive() throws IOException {
    Path log = folder.resolve("a@here.log");
    byte[] blob = new byte[3 << 20];
    new Random(5).nextBytes(blob);
    Files.write(log, blob);
    rotator(1 << 20, 2).look();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(unzip(folder.resolve("a@here.log.1.gz")));
    all.write(Files.readAllBytes(log));
    assertThat(Arrays.equals(all.toByteArray(), blob)).isTrue();
    assertThat(Files.size(log)).isLessThan(1 << 20);
  }

  @Test
  void whatIsAppendedMeanwhileIsNotLost() throws Exception {
    assumeTrue(canBeCut(folder), "the file system of the temporary folder cannot cut files");
    Path log = folder.resolve("a@here.log");
    Files.writeString(log, "");
    int lines = 40_000;
    LogRotator rotator = rotator(8192, 5000);
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
                    for (int i = 0; i < lines; i++) {
                      out.write("%06d\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    while (writer.isAlive()) {
      rotator.look();
    }
    StringBuilder all = new StringBuilder();
    for (Path file : rotated("a@here.log").reversed()) {
      all.append(new String(unzip(file), StandardCharsets.US_ASCII));
    }
    assertThat(all).isNotEmpty();
    all.append(Files.readString(log));
    assertThat(all.toString().lines())
        .containsExactlyElementsOf(IntStream.range(0, lines).mapToObj("%06d"::formatted).toList());
    assertThat(troubles).isEmpty();
  }

  /** In memory a file cannot be cut: it is copied whole and emptied. */
  @Test
  void aFileSystemThatCannotCutEmptiesTheLog() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "no file system in memory");
    Path there = Files.createTempDirectory(memory, "logs");
    try {
      assumeTrue(!canBeCut(there), "the file system in memory can cut files");
      Path log = there.resolve("a@here.log");
      Files.writeString(log, "line\n".repeat(10_000));
      new LogRotator(there, new Rotation(8192, 2), (agent, text) -> troubles.add(text)).look();
      assertThat(log).isEmptyFile();
      assertThat(unzip(there.resolve("a@here.log.1.gz")))
          .asString()
          .isEqualTo("line\n".repeat(10_000));
      assertThat(troubles).isEmpty();
    } finally {
      try (Stream<Path> files = Files.list(there)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(there);
    }
  }

  private static boolean canBeCut(Path folder) throws IOException {
    Path probe = folder.resolve("probe");
    Files.write(probe, new byte[100_000]);
    try {
      return FileHead.cut(probe, FileHead.blocks(probe, 100_000));
    } finally {
      Files.delete(probe);
    }
  }

  private List<Path> rotated(String log) {
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj(i -> folder.resolve(log + "." + i + ".gz"))
        .takeWhile(Files::exists)
        .toList();
  }

  @Test
  void alogThatCannotBeRotatedIsSaidAndKept() throws IOException {
    Path log = folder.resolve("a@here.log");
    Files.writeString(log, "more than ten bytes");
    Files.createDirectories(folder.resolve("a@here.log.part").resolve("in the way"));
    LogRotator rotator = rotator(10, 2);
    rotator.look();
    assertThat(log).hasContent("more than ten bytes");
    assertThat(troubles).hasSize(1);
    assertThat(troubles.getFirst()).contains("its log could not be rotated");
  }
}
