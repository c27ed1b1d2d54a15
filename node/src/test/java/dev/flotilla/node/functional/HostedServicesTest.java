package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HostedServicesTest {
  @TempDir Path home;

  private NodeSettings settings() throws Exception {
    Path manifest = home.resolve("fleet.yaml");
    Files.writeString(
        manifest,
        """
        fleet: hosted
        groups:
          core: {}
        agents:
          One:
            group: core
            service: One
          Two:
            group: core
            service: Two
            needs: [One]
          beside:
            group: core
            command: [/bin/sleep, "100"]
            needs: [Two]
        """);
    return new NodeSettings(
        home,
        new ManifestRequest(
            Optional.of(manifest.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        System.getenv(),
        "test",
        (group, machine, state, request) ->
            new Launch.Command(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HostMain.class.getName(),
                    group,
                    machine,
                    state.toString(),
                    request.manifest().orElseThrow()),
                "/"),
        BusDoor::open);
  }

  private static AgentStatus status(Node node, String name) {
    return node.statuses().stream()
        .filter(s -> s.id().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static AgentStatus awaitWell(Node node, String name) {
    await(name)
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(status(node, name).state())
                    .as("%s", node.statuses())
                    .isIn(AgentState.RUNNING, AgentState.HEALTHY));
    return status(node, name);
  }

  @Test
  void servicesShareAJvmStartInOrderSurviveTheNodeAndEndWithIt() throws Exception {
    long pid;
    try (Node node = Node.start(settings()).orElseThrow()) {
      awaitWell(node, "beside");
      AgentStatus one = status(node, "One");
      AgentStatus two = awaitWell(node, "Two");
      pid = one.pid().orElseThrow();
      assertThat(two.pid()).contains(pid);
      assertThat(two.startedAt().orElseThrow()).isAfter(one.startedAt().orElseThrow());
      assertThat(node.statuses())
          .extracting(s -> s.id().name())
          .containsExactly("One", "Two", "beside");
    }
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).contains(true);

    try (Node node = Node.start(settings()).orElseThrow()) {
      assertThat(awaitWell(node, "One").pid()).contains(pid);
      assertThat(awaitWell(node, "Two").restarts()).isZero();
      assertThat(awaitWell(node, "beside").restarts()).isZero();

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      await().atMost(Duration.ofSeconds(40)).until(() -> status(node, "Two").restarts() == 1);
      AgentStatus again = awaitWell(node, "Two");
      assertThat(again.pid()).isNotEqualTo(Optional.of(pid));
      assertThat(again.lastExit()).contains("its JVM ended: signal 9");
      long next = again.pid().orElseThrow();

      node.control().stop(again.id());
      assertThat(status(node, "Two").state()).isEqualTo(AgentState.STOPPED);
      assertThat(status(node, "One").pid()).contains(next);

      node.control().down();
      assertThat(ProcessHandle.of(next).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
  }
}
