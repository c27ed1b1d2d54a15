package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.state.NodeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class NodeTest {
  @TempDir Path home;
  private final HttpClient client = HttpClient.newHttpClient();

  /** No bus at all. */
  private record NoDoor() implements BusDoor {
    @Override
    public String url() {
      return "";
    }

    @Override
    public Bus connect(String name) {
      throw new BusException(BusException.Reason.DISCONNECTED, "there is no bus in this test");
    }

    @Override
    public void close() {}
  }

  /** A bus that can be reached at the third try only. */
  private record LateDoor(BusDoor real, AtomicInteger tries) implements BusDoor {
    @Override
    public String url() {
      return real.url();
    }

    @Override
    public Bus connect(String name) {
      if (tries.incrementAndGet() < 3) {
        throw new BusException(BusException.Reason.DISCONNECTED, "nobody listens there yet");
      }
      return real.connect(name);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Test
  void aBusThatComesLaterIsFoundAndItsAbsenceIsShownUntilThen() throws Exception {
    Path manifest = manifest("one:\n  group: main\n  command: [/bin/sleep, '100']\n");
    AtomicInteger tries = new AtomicInteger(-1000);
    NodeSettings settings =
        settings(manifest, (fleet, state) -> new LateDoor(BusDoor.open(fleet, state), tries));
    try (Node node = Node.start(settings).orElseThrow()) {
      assertThat(ask(node, "GET", "/v1/flags", "").statusCode()).isEqualTo(503);
      assertThat(ask(node, "GET", "/v1/status", "").body())
          .contains("no connection to the bus (nobody listens there yet); it is tried again");
      tries.set(2);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> ask(node, "GET", "/v1/flags", "").statusCode() == 200);
      assertThat(ask(node, "GET", "/v1/status", "").body()).doesNotContain("trouble");
      node.control().down();
    }
  }

  private NodeSettings settings(Path manifest) {
    return settings(manifest, (fleet, state) -> new NoDoor());
  }

  private NodeSettings settings(Path manifest, NodeSettings.BusOpener bus) {
    return new NodeSettings(
        home,
        new ManifestRequest(
            Optional.of(manifest.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Map.of("PATH", "/usr/bin:/bin"),
        "test",
        (group, machine, state, request) -> new Launch.Command(List.of("/bin/false"), "/"),
        bus);
  }

  private Path manifest(String agents) throws IOException {
    Path file = home.resolve("fleet.yaml");
    Files.writeString(
        file,
        "fleet: little\nflags: {new_router: false}\ngroups:\n  main: {}\nagents:\n"
            + agents.indent(2));
    return file;
  }

  private HttpResponse<String> ask(Node node, String method, String path, String body)
      throws IOException, InterruptedException {
    JsonNode file = Wire.mapper().readTree(home.resolve("little").resolve("node.json").toFile());
    assertThat(file.path("port").asInt()).isEqualTo(node.port());
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + file.path("token").asText())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void runsAManifestAndIsSpokenWith() throws Exception {
    Path manifest =
        manifest(
            """
            one:
              group: main
              command: [/bin/sh, -c, "echo hello from one; sleep 100"]
            two:
              group: main
              command: [/bin/sh, -c, "sleep 100"]
              needs: [one]
            """);
    try (Node node = Node.start(settings(manifest)).orElseThrow()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("little/node.json"))))
          .isEqualTo("rw-------");
      assertThat(Node.start(settings(manifest))).isEmpty();
      JsonNode started =
          Wire.mapper().readTree(ask(node, "POST", "/v1/agents/two/start", "").body());
      assertThat(started.path("state").asText()).isEqualTo("running");
      assertThat(ask(node, "GET", "/v1/agents/one/logs?tail=5", "").body())
          .isEqualTo("hello from one\n");
      assertThat(ask(node, "POST", "/v1/agents/three/stop", "").statusCode()).isEqualTo(404);
      JsonNode status = Wire.mapper().readTree(ask(node, "GET", "/v1/status", "").body());
      assertThat(status.path("agents")).hasSize(2);
      long pidOfOne = status.path("agents").get(0).path("pid").asLong();

      var unreachable = ask(node, "GET", "/v1/flags", "");
      assertThat(unreachable.statusCode()).isEqualTo(503);
      assertThat(unreachable.body()).contains("no connection to the bus");

      manifest(
          """
          one:
            group: main
            command: [/bin/sh, -c, "echo hello from one; sleep 100"]
          two:
            group: main
            command: [/bin/sh, -c, "sleep 99"]
            needs: [one]
          """);
      var applied =
          ask(node, "POST", "/v1/apply", Wire.text(Map.of("manifest", manifest.toString())));
      assertThat(applied.statusCode()).isEqualTo(200);
      JsonNode restarted =
          Wire.mapper().readTree(ask(node, "POST", "/v1/agents/two/start", "").body());
      assertThat(restarted.path("pid")).isNotEqualTo(started.path("pid"));
      JsonNode after = Wire.mapper().readTree(ask(node, "GET", "/v1/status", "").body());
      assertThat(after.path("agents").get(0).path("pid").asLong()).isEqualTo(pidOfOne);

      manifest("one:\n  group: main\n  comand: [true]\n");
      var refused =
          ask(node, "POST", "/v1/apply", Wire.text(Map.of("manifest", manifest.toString())));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("comand");

      assertThat(ask(node, "POST", "/v1/down", "").statusCode()).isEqualTo(200);
      node.await();
      assertThat(new ProcessTable().find(pidOfOne).filter(info -> !info.zombie())).isEmpty();
    }
    assertThat(home.resolve("little/node.json")).doesNotExist();
  }

  @Test
  void flagsAreReadAndChangedOverHttp() throws Exception {
    Path manifest = manifest("one: {group: main, command: [/bin/sleep, '100']}\n");
    try (Node node = Node.start(settings(manifest, BusDoor::open)).orElseThrow()) {
      flagsAreReadAndChanged(node);
      assertThat(ask(node, "POST", "/v1/down", "").statusCode()).isEqualTo(200);
      node.await();
    }
  }

  private void flagsAreReadAndChanged(Node node) throws Exception {
    JsonNode all = Wire.mapper().readTree(ask(node, "GET", "/v1/flags", "").body());
    assertThat(all.path("flags").get(0).path("setting").asText()).isEqualTo("off");
    String asked = "{\"to\":\"10%\",\"who\":\"anna\"}";
    assertThat(ask(node, "PUT", "/v1/flags/new_router", asked).statusCode()).isEqualTo(200);
    assertThat(ask(node, "GET", "/v1/flags/new_router", "").body())
        .contains("\"setting\":\"10%\"", "\"changed\":true");
    assertThat(ask(node, "GET", "/v1/flags/new_router/history", "").body())
        .contains("\"who\":\"anna\"", "\"from\":\"off\"");
    assertThat(ask(node, "GET", "/v1/flags/new_ruter", "").statusCode()).isEqualTo(404);
    var wrong = ask(node, "PUT", "/v1/flags/new_router", "{\"to\":\"lots\"}");
    assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
    assertThat(ask(node, "PUT", "/v1/flags/new_router", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void aFolderThatCannotBeUsedIsSaid() throws IOException {
    Path manifest = manifest("one:\n  group: main\n  command: [/bin/true]\n");
    Files.writeString(home.resolve("little"), "a file in the way");
    NodeException e =
        catchThrowableOfType(NodeException.class, () -> Node.start(settings(manifest)));
    assertThat(e).hasMessageContaining(home.resolve("little").toString());
    assertThat(e.problems().getFirst().advice()).contains("FLOTILLA_HOME");
  }
}
