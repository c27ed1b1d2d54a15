package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.cache.CacheManager;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.kernel.testing.TestHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Python worker of the real library does jobs of the real service over a real bus. */
@Tag("slow")
class PythonWorkerTest {
  private static final Path LIBRARY = Path.of("../sdk/python").toAbsolutePath().normalize();

  @TempDir Path folder;
  private final List<Process> workers = new ArrayList<>();
  private EmbeddedServer server;
  private Bus bus;
  private TestHost host;
  private TestHost caches;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedServer.start(ServerOptions.local().at("127.0.0.1", 0));
    bus = NatsBus.connect(BusOptions.of("nats://127.0.0.1:" + server.port(), "test"));
    host = TestHost.start(AsyncProcessor.factory(), folder.resolve("jobs"), Map.of(), bus);
    caches = TestHost.start(CacheManager.factory(), folder.resolve("caches"), Map.of(), bus);
  }

  @AfterEach
  void stop() {
    workers.forEach(Process::destroyForcibly);
    host.close();
    caches.close();
    bus.close();
    server.close();
  }

  private Process worker(String name) throws IOException {
    Path script = folder.resolve("worker.py");
    try (InputStream source = PythonWorkerTest.class.getResourceAsStream("worker.py")) {
      Files.write(script, Objects.requireNonNull(source).readAllBytes());
    }
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString(), name)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH",
                LIBRARY.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1",
                "FLOTILLA_BUS_URL",
                "nats://127.0.0.1:" + server.port()));
    try {
      Process worker = builder.start();
      workers.add(worker);
      return worker;
    } catch (IOException e) {
      return Assumptions.abort("python3 is not installed: " + e.getMessage());
    }
  }

  private String submit(String payload) {
    return host.call(
            "submit", Map.of("jobs", List.of(Map.of("kind", "transcribe", "payload", payload))))
        .path("jobs")
        .path(0)
        .path("id")
        .asText();
  }

  private JsonNode job(String id) {
    return host.call("get", Map.of("id", id)).path("job");
  }

  private JsonNode in(String state, String id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> job(id).path("state").asText().equals(state));
    return job(id);
  }

  @Test
  void jobsAreDoneWithProgressAndResultOrSayWhyNot() throws Exception {
    worker("first");
    JsonNode done = in("done", submit("a.wav"));
    assertThat(done.path("result").path("text").asText()).isEqualTo("of a.wav");
    assertThat(done.path("note").asText()).isEqualTo("half of it");
    assertThat(in("dead", submit("hopeless")).path("error").asText()).contains("no such file");
    JsonNode large = in("dead", submit("large"));
    assertThat(large.path("error").asText())
        .contains("its result was refused", "600,002 bytes", "at most");
    assertThat(large.path("attempts").asInt()).isEqualTo(1);
    assertThat(in("done", submit("cached")).path("result").asText())
        .isEqualTo("found out by first");
  }

  @Test
  void whatAKilledWorkerHeldIsDoneByAnotherAndHasOneResult() throws Exception {
    Process first = worker("first");
    String id = submit("stay");
    in("running", id);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> job(id).path("note").asText().equals("half of it"));
    first.destroyForcibly().waitFor();
    String next = submit("b.wav");
    host.time().advance(Duration.ofSeconds(8));
    assertThat(job(id).path("state").asText()).isEqualTo("queued");
    assertThat(job(id).path("error").asText()).contains("first was not heard of");
    host.call("cancel", Map.of("id", id));
    worker("second");
    assertThat(in("done", next).path("result").path("attempt").asInt()).isEqualTo(1);
  }
}
