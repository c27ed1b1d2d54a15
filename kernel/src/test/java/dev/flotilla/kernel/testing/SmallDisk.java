package dev.flotilla.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own that can be full; who may not mount one skips the test. */
public final class SmallDisk {
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /**
   * @param kibibytes how much fits
   */
  public static SmallDisk mount(Path root, int kibibytes) throws IOException, InterruptedException {
    Files.createDirectories(root);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", root.toString()) == 0,
        "a small file system can be mounted by root only");
    return new SmallDisk(root);
  }

  public Path root() {
    return root;
  }

  /** Leaves no byte. */
  public void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(new byte[64]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** Makes room again. */
  public void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return root.resolve("filler");
  }

  public void unmount() throws IOException, InterruptedException {
    run("umount", root.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }
}
