package dev.flotilla.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsReadAndOnlyTheOwnerMay() throws IOException {
    AtomicFile file = new AtomicFile(folder.resolve("deep/state.json"));
    assertThat(file.read()).isEmpty();
    file.write("one".getBytes(StandardCharsets.UTF_8));
    file.write("two".getBytes(StandardCharsets.UTF_8));
    assertThat(file.read())
        .hasValueSatisfying(data -> assertThat(data).asString().isEqualTo("two"));
    Path path = folder.resolve("deep/state.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aReaderNeverSeesHalf() throws Exception {
    Path path = folder.resolve("state");
    AtomicFile file = new AtomicFile(path);
    file.write(filled(0));
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 1; i <= 30; i++) {
                      file.write(filled(i));
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  } finally {
                    done.set(true);
                  }
                });
    while (!done.get()) {
      byte[] data = Files.readAllBytes(path);
      assertThat(data).hasSize(100_000);
      assertThat(data[0]).isEqualTo(data[data.length - 1]);
    }
    writer.join();
    assertThat(file.read()).hasValueSatisfying(data -> assertThat(data[0]).isEqualTo((byte) 30));
  }

  @Test
  void whatCannotBeWrittenLeavesTheFileAsItWas() throws IOException {
    Path notAFile = Files.createDirectories(folder.resolve("state/full"));
    Files.writeString(notAFile.resolve("x"), "x");
    assertThatThrownBy(() -> new AtomicFile(notAFile).write(new byte[1]))
        .isInstanceOf(IOException.class);
    try (var files = Files.list(notAFile.getParent())) {
      assertThat(files).containsExactly(notAFile);
    }
  }

  private static byte[] filled(int value) {
    byte[] data = new byte[100_000];
    Arrays.fill(data, (byte) value);
    return data;
  }
}
