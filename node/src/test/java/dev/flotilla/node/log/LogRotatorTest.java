package dev.flotilla.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
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
    assertThat(unzip(folder.resolve("a@here.log.1.gz"))).isEqualTo(blob);
  }

  @Test
  void whatIsAppendedMeanwhileIsNotLost() throws Exception {
    Path log = folder.resolve("a@here.log");
    Files.writeString(log, "");
    LogRotator rotator = rotator(1000, 5000);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
                    for (int i = 0; i < 4000; i++) {
                      out.write("%06d\n".formatted(i).getBytes(StandardCharsets.US_ASCII));
                    }
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  } finally {
                    done.set(true);
                  }
                });
    while (!done.get()) {
      rotator.look();
    }
    writer.join();
    StringBuilder all = new StringBuilder();
    List<Path> old = new ArrayList<>();
    for (int i = 1; Files.exists(folder.resolve("a@here.log." + i + ".gz")); i++) {
      old.addFirst(folder.resolve("a@here.log." + i + ".gz"));
    }
    for (Path file : old) {
      all.append(new String(unzip(file), StandardCharsets.US_ASCII));
    }
    all.append(Files.readString(log));
    long lines = all.toString().lines().count();
    assertThat(old).isNotEmpty();
    // The window between the last look at the size and the emptying is real but tiny.
    assertThat(lines).isBetween(3980L, 4000L);
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
