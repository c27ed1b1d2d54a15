package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.model.Launch;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.Messaging;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of models, asked for on the bus. */
@Tag("slow")
class ModelRunsTest {
  private static final String SERVE = "echo got $1 $2 $3 $WHERE; exec sleep 1000";

  @TempDir Path home;
  private final InMemoryBus bus = new InMemoryBus();
  private final Calls calls =
      new BusCalls(
          bus, new Breakers(Messaging.Breaker.DEFAULT, Clock.systemUTC()), Clock.systemUTC());

  /** The bus of the test. */
  private record Door(InMemoryBus bus) implements BusDoor {
    @Override
    public String url() {
      return "";
    }

    @Override
    public Bus connect(String name) {
      bus.connected(true);
      return bus;
    }

    @Override
    public void close() {}
  }

  private Node start(String command) throws Exception {
    Path file = home.resolve("fleet.yaml");
    Files.writeString(
        file,
        """
        fleet: little
        agents:
          one: {command: sleep 100}
        models:
          tiny/a:
            command: [/bin/sh, -c, '%s', model, '${port}', '${model.source}', '${model.card}']
            source: hub/tiny
            health: tcp
            env: {WHERE: 'card ${model.card}'}
        """
            .formatted(command));
    Node node =
        Node.start(
                new NodeSettings(
                    home,
                    new ManifestRequest(
                        Optional.of(file.toString()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    Map.of("PATH", "/usr/bin:/bin", "FLOTILLA_NVML", "libnone.so"),
                    "test",
                    (group, machine, state, request) ->
                        new Launch.Command(List.of("/bin/false"), "/"),
                    (fleet, state) -> new Door(bus)))
            .orElseThrow();
    await().until(() -> bus.subscriptions() > 0);
    return node;
  }

  private JsonNode ask(String operation, Object request) {
    return calls
        .within(Duration.ofSeconds(20))
        .call("node-local", operation, request, JsonNode.class);
  }

  private String log() throws IOException {
    try (var files = Files.list(home.resolve("little/logs"))) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith("model-"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file);
    }
  }

  @Test
  void aModelsServerIsAnAgentForAsLongAsItIsWanted() throws Exception {
    Map<String, Object> run = Map.of("model", "tiny/a", "variant", "default", "card", 1, "port", 0);
    long pid;
    try (Node first = start(SERVE)) {
      assertThat(first.statuses()).hasSize(1);
      assertThat(ask("cards", Map.of()).path("driver").asText()).startsWith("no NVIDIA driver");
      MachineCards cards = calls.call("node-local", "cards", Map.of(), MachineCards.class);
      assertThat(cards.cards()).isEmpty();
      assertThatThrownBy(
              () -> ask("run-model", Map.of("model", "tiny-a", "variant", "default", "port", 0)))
          .isInstanceOf(OperationException.class)
          .hasMessageContaining("tiny/a");
      JsonNode started = ask("run-model", run);
      int port = started.path("run").path("port").asInt();
      await().untilAsserted(() -> assertThat(log()).contains("got " + port + " hub/tiny 1 card 1"));
      assertThatThrownBy(() -> ask("run-model", run)).hasMessageContaining("runs here already");
      pid = ask("models", Map.of()).path("models").get(0).path("status").path("pid").asLong();
      assertThat(ProcessHandle.of(pid)).isPresent();
    }
    try (Node node = start(SERVE)) {
      JsonNode there = ask("models", Map.of()).path("models").get(0);
      assertThat(there.path("status").path("pid").asLong()).as("adopted").isEqualTo(pid);
      assertThat(ask("end-model", Map.of("model", "tiny/a")).path("models")).isEmpty();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(node.statuses()).noneMatch(s -> s.id().name().startsWith("model-"));
      node.control().down();
    }
  }

  @Test
  void aServerThatEndsIsNotStartedAgain() throws Exception {
    try (Node node = start("echo out of memory; exit 3")) {
      ask("run-model", Map.of("model", "tiny/a", "variant", "default", "port", 0));
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          ask("models", Map.of())
                              .path("models")
                              .get(0)
                              .path("status")
                              .path("reason")
                              .asText())
                      .contains("exit 3"));
      assertThat(
              ask("models", Map.of()).path("models").get(0).path("status").path("state").asText())
          .isEqualTo("failed");
      assertThat(ask("end-model", Map.of("model", "tiny/a")).path("models")).isEmpty();
      node.control().down();
    }
  }

  @Test
  @Tag("external")
  void onAFullDiskNothingIsStartedThatNobodyWouldKnowOfAndWhatRunsCanBeEnded() throws Exception {
    assumeTrue(
        mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", home.toString()),
        "a small file system can be mounted by root only");
    Map<String, Object> run = Map.of("model", "tiny/a", "variant", "default", "port", 0);
    Path filler = home.resolve("filler");
    try (Node node = start(SERVE)) {
      fill(filler);
      assertThatThrownBy(() -> ask("run-model", run))
          .hasMessageContaining("No space left")
          .hasMessageContaining("Make room");
      assertThat(ask("models", Map.of()).path("models")).isEmpty();
      Files.delete(filler);
      ask("run-model", run);
      fill(filler);
      assertThat(ask("end-model", Map.of("model", "tiny/a")).path("models")).isEmpty();
      Files.delete(filler);
      node.control().down();
    } finally {
      assertThat(mount("umount", "-l", home.toString())).isTrue();
    }
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[512];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
