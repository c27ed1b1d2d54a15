package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fleet, one bus, two nodes with a state folder each. */
@Tag("slow")
class TwoMachinesTest {
  @TempDir Path home;

  private NodeSettings settings(Path manifest, String machine) {
    return new NodeSettings(
        home.resolve(machine),
        new ManifestRequest(
            Optional.of(manifest.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(machine),
            Optional.empty()),
        Map.of("PATH", "/usr/bin:/bin"),
        "test",
        (group, on, state, request) -> new Launch.Command(List.of("/bin/false"), "/"),
        BusDoor::open);
  }

  private Path manifest(int busPort) throws IOException {
    Path file = home.resolve("fleet.yaml");
    Files.writeString(
        file,
        """
        fleet: pair
        bus: {url: "nats://127.0.0.1:%d"}
        machines:
          left: {address: 127.0.0.1}
          right: {address: 127.0.0.2}
        groups:
          here: {machine: left}
          there: {machine: right}
        agents:
          Model:
            group: here
            command: [/bin/sleep, "1000"]
            health: {command: [/usr/bin/test, -e, %s], interval: 100ms, timeout: 1s, failures: 2}
          Asker:
            group: there
            command: [/bin/sleep, "1000"]
            needs: [Model]
        """
            .formatted(busPort, home.resolve("ready")));
    return file;
  }

  private static AgentStatus status(Node node, String name) {
    return node.statuses().stream()
        .filter(status -> status.id().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void awaits(Node node, String name, AgentState state) {
    await(name + " " + state)
        .atMost(Duration.ofSeconds(30))
        .until(() -> status(node, name).state() == state);
  }

  @Test
  void anAgentStartsOnceTheOneItNeedsOnTheOtherMachineIsHealthy() throws Exception {
    try (EmbeddedServer bus = EmbeddedServer.start(ServerOptions.local().at("127.0.0.1", 0))) {
      Path manifest = manifest(bus.port());
      try (Node right = Node.start(settings(manifest, "right")).orElseThrow()) {
        awaits(right, "Asker", AgentState.WAITING);
        assertThat(status(right, "Asker").reason())
            .isEqualTo("waits for Model (on another machine, not heard from)");
        try (Node left = Node.start(settings(manifest, "left")).orElseThrow()) {
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () ->
                      status(right, "Asker")
                          .reason()
                          .equals("waits for Model (on another machine, not ready)"));
          assertThat(status(right, "Asker").pid()).isEmpty();
          Files.createFile(home.resolve("ready"));
          awaits(left, "Model", AgentState.HEALTHY);
          awaits(right, "Asker", AgentState.RUNNING);
          assertThat(status(right, "Asker").startedAt().orElseThrow())
              .isAfterOrEqualTo(status(left, "Model").readyAt().orElseThrow());

          Files.delete(home.resolve("ready"));
          awaits(right, "Asker", AgentState.DEGRADED);
          assertThat(status(right, "Asker").pid()).isPresent();
          left.control().down();
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> status(right, "Asker").reason().contains("not heard from"));
        right.control().down();
      }
    }
  }
}
