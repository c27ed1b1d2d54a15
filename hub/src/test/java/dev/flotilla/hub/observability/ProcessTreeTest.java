package dev.flotilla.hub.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  @TempDir Path proc;

  @Test
  void countsAProcessWithAllItsDescendants() throws IOException {
    process(10, 1, 100, 50, 1024);
    process(11, 10, 200, 0, 2048);
    process(12, 11, 300, 0, 4096);
    process(20, 1, 900, 0, 9999);
    ResourceUse use = ProcessTree.read(proc).use(10).orElseThrow();
    assertThat(use.residentBytes()).isEqualTo((1024L + 2048 + 4096) << 10);
    assertThat(use.cpuSeconds()).isEqualTo(6.5);
  }

  @Test
  void aProcessThatHasGoneUsesNothing() throws IOException {
    assertThat(ProcessTree.read(proc).use(10)).isEmpty();
  }

  @Test
  void passesOverWhatItCannotRead() throws IOException {
    process(10, 1, 100, 0, 1024);
    Files.createDirectories(proc.resolve("99"));
    Files.createDirectories(proc.resolve("sys"));
    assertThat(ProcessTree.read(proc).use(10)).isPresent();
  }

  private void process(long pid, long parent, long user, long system, long kibibytes)
      throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        "%d (a (strange) name) S %d 1 1 0 -1 4194560 1 0 0 0 %d %d 0 0 20 0 1 0 5 1 1"
            .formatted(pid, parent, user, system));
    Files.writeString(folder.resolve("status"), "Name:\ta\nVmRSS:\t" + kibibytes + " kB\n");
  }
}
