package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.core.Orders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("external")
class DiskFullTest {
  @TempDir Path place;

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
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

  @Test
  void aFullDiskIsSaidAndNothingStops() throws IOException, InterruptedException {
    Path small = Files.createDirectories(place.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()) == 0,
        "a small file system can be mounted by root only");
    try (RealNode node = new RealNode(small)) {
      node.apply(Fleets.shell("before", "while true; do echo something; sleep 0.05; done"));
      AgentStatus before = node.awaitState("before", AgentState.RUNNING);
      fill(small.resolve("filler"));
      node.apply(
          Fleets.shell("before", "while true; do echo something; sleep 0.05; done"),
          Fleets.shell("late", "sleep 100"));
      await()
          .until(
              () ->
                  node.status("late")
                      .filter(s -> s.reason().contains("No space left"))
                      .isPresent());
      assertThat(node.status("late").orElseThrow().state())
          .isIn(AgentState.DEGRADED, AgentState.FAILED);
      assertThat(node.status("before").flatMap(AgentStatus::pid)).isEqualTo(before.pid());
      Files.delete(small.resolve("filler"));
      node.supervisor.order(world -> Orders.restart(world, Fleets.id("late"))).join();
      node.awaitState("late", AgentState.RUNNING);
      assertThat(node.status("late").orElseThrow().reason()).isEmpty();
    } finally {
      int ignored = run("umount", small.toString());
      assertThat(ignored).isZero();
    }
  }
}
