package dev.flotilla.bench.mixed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.gguf.RandomLlama;
import dev.flotilla.bench.rig.CommandFleet;
import dev.flotilla.bench.rig.FreePort;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fleet of its own with the door, the pool and the jobs, each in a JVM of its own. */
final class TestFleet implements AutoCloseable {
  static final String DOOR = "RequestCoordinator";
  static final String MODELS = "ModelManagerSuite";
  static final String JOBS = "AsyncProcessor";
  static final List<String> SERVICES = List.of(DOOR, MODELS, JOBS);

  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final Duration MARGIN = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CommandFleet command;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final List<Outage> outages = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** From a kill until the service answers again. */
  private record Outage(String service, Instant from, Instant to) {}

  private TestFleet(Path folder) {
    command = new CommandFleet(folder);
  }

  static TestFleet start(int moody, int steady) throws IOException, InterruptedException {
    TestFleet fleet = new TestFleet(Files.createTempDirectory("mixed-load"));
    RandomLlama.write(fleet.command.folder().resolve("tiny.gguf"), 1);
    for (String service : SERVICES) {
      fleet.ports.put(service, FreePort.find());
    }
    fleet.command.up(
        """
        fleet: mixed-load
        groups: {door: {}, models: {}, jobs: {}}
        defaults: {restart: {backoff: 1s, max_backoff: 2s}}
        agents:
          RequestCoordinator: {group: door, service: RequestCoordinator, port: %d}
          ModelManagerSuite: {group: models, service: ModelManagerSuite, port: %d}
          AsyncProcessor: {group: jobs, service: AsyncProcessor, port: %d}
        models:
          tiny: {source: tiny.gguf, context: 512}
        router:
          targets:
            moody: {url: 'http://127.0.0.1:%d/v1', silence: 2s}
            steady: {url: 'http://127.0.0.1:%d/v1'}
          tasks:
            numbers: {target: moody, fallback: steady}
        """
            .formatted(fleet.port(DOOR), fleet.port(MODELS), fleet.port(JOBS), moody, steady));
    for (String service : SERVICES) {
      if (!fleet.healthy(service, PATIENCE)) {
        throw new IOException(service + " is not well");
      }
    }
    return fleet;
  }

  int port(String service) {
    return Optional.ofNullable(ports.get(service)).orElseThrow();
  }

  /**
   * Asks a service over HTTP.
   *
   * @param patience how long the client waits, which it says a while less of
   */
  HttpResponse<String> post(String service, String path, Object body, Duration patience)
      throws IOException, InterruptedException {
    byte[] bytes =
        body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Wire.json(body);
    return http.send(
        request(service, path)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header(
                "Flotilla-Deadline",
                Long.toString(Instant.now().plus(patience).minus(MARGIN).toEpochMilli()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> get(String service, String path) throws IOException, InterruptedException {
    return http.send(request(service, path).timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String service, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path));
  }

  /** Kills the service's JVM and waits until another one answers. */
  void kill(String service) throws IOException, InterruptedException {
    JsonNode status = Wire.mapper().readTree(command.run("status", "--json").said());
    Instant from = Instant.now();
    outages.add(new Outage(service, from, Instant.MAX));
    for (JsonNode agent : status.path("agents")) {
      if (agent.path("name").asText().equals(service)) {
        ProcessHandle.of(agent.path("pid").asLong()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    Thread.sleep(200);
    if (!healthy(service, PATIENCE)) {
      throw new IOException(service + " did not come back after a kill");
    }
    outages.add(new Outage(service, from, Instant.now().plus(SLACK)));
    outages.remove(new Outage(service, from, Instant.MAX));
  }

  private boolean healthy(String service, Duration patience) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      try {
        if (get(service, "/health").statusCode() == 200) {
          return true;
        }
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    return false;
  }

  /** Whether the service was killed or away at some time between then and now. */
  boolean wasAway(String service, Instant since) {
    Instant now = Instant.now();
    return outages.stream()
        .anyMatch(
            o -> o.service().equals(service) && o.from().isBefore(now) && o.to().isAfter(since));
  }

  /** What is still held when all is over, by what it is. */
  Map<String, String> leftBehind() throws IOException, InterruptedException {
    Map<String, String> left = new LinkedHashMap<>();
    Matcher inside =
        Pattern.compile("(?m)^flotilla_requests_inside (\\S+)")
            .matcher(get(DOOR, "/metrics").body());
    left.put("requests inside of the door", inside.find() ? inside.group(1) : "not told");
    JsonNode models =
        Wire.mapper().readTree(post(MODELS, "/operations/models", "{}", PATIENCE).body());
    left.put(
        "leases of the model",
        Integer.toString(models.path("models").path(0).path("leases").asInt()));
    return left;
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    command.close();
  }
}
