package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say when the state folder is of no use: on small file systems of our own. */
@Tag("external")
class UnusableStateTest {
  @TempDir Path place;
  private Path home = Path.of("");
  private boolean mounted;

  @BeforeEach
  void manifest() throws IOException {
    home = Files.createDirectories(place.resolve("home"));
    Files.writeString(
        place.resolve("fleet.yaml"),
        """
        fleet: unlucky
        agents:
          Only: {command: /bin/sleep 1000, health: none}
        """);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(system("umount", home.toString())).isZero();
    }
  }

  private void mount(String options) throws IOException, InterruptedException {
    mounted = system("mount", "-t", "tmpfs", "-o", options, "tmpfs", home.toString()) == 0;
    assumeTrue(mounted, "a small file system can be mounted by root only");
  }

  private static int system(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private Run run(String... arguments) {
    return Run.in(place, Map.of("FLOTILLA_HOME", home.toString()), arguments);
  }

  private void saysSo(Run run, String why) {
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err())
        .contains("the folder " + home)
        .contains(why)
        .contains("make room, or name another folder by FLOTILLA_HOME")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  @Test
  void aFileSystemThatMayOnlyBeRead() throws Exception {
    mount("size=256k,ro");
    saysSo(run("up"), "Read-only file system");
    Run status = run("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.out()).contains("is not running");
  }

  @Test
  void aFullDisk() throws Exception {
    mount("size=256k,nr_inodes=20");
    fill(home.resolve("filler"));
    saysSo(run("up"), "No space left on device");
    Files.delete(home.resolve("filler"));
    assertThat(run("status").out()).contains("is not running");
  }

  @Test
  void aFileInItsPlace() throws Exception {
    Files.delete(home);
    Files.writeString(home, "mine");
    saysSo(run("up"), "Not a directory");
    assertThat(home).hasContent("mine");
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
