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

/** A fleet of its own with the door, the pool, the jobs and the caches, each in its own JVM. */
final class TestFleet implements AutoCloseable {
  static final String DOOR = "RequestCoordinator";
  static final String MODELS = "ModelManagerSuite";
  static final String JOBS = "AsyncProcessor";
  static final String CACHE = "CacheManager";
  static final List<String> SERVICES = List.of(MODELS, DOOR, JOBS, CACHE);

  /** A model that a server of its own serves. */
  static final String SERVED = "served";

  /** A model that llama.cpp runs inside of the pool. */
  static final String INSIDE = "inside";

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

  private TestFleet(Path folder, Optional<Path> launcher) {
    command =
        launcher
            .map(program -> new CommandFleet(folder, List.of(program.toAbsolutePath().toString())))
            .orElseGet(() -> new CommandFleet(folder));
  }

  /**
   * @param launcher of the program to test; empty for the classes of this JVM
   */
  static TestFleet start(Optional<Path> launcher, int moody, int steady)
      throws IOException, InterruptedException {
    TestFleet fleet = new TestFleet(Files.createTempDirectory("mixed-load"), launcher);
    RandomLlama.write(fleet.command.folder().resolve("tiny.gguf"), 1);
    for (String service : SERVICES) {
      fleet.ports.put(service, FreePort.find());
    }
    fleet.command.up(
        """
        fleet: mixed-load
        groups: {door: {}, models: {}, jobs: {}, caches: {}}
        defaults: {restart: {backoff: 1s, max_backoff: 2s}}
        agents:
          RequestCoordinator: {group: door, service: RequestCoordinator, port: %d}
          ModelManagerSuite: {group: models, service: ModelManagerSuite, port: %d}
          AsyncProcessor: {group: jobs, service: AsyncProcessor, port: %d}
          CacheManager:
            {group: caches, service: CacheManager, port: %d, config: {caches: {numbers: {ttl: 1h}}}}
        models:
          inside: {source: tiny.gguf, context: 512}
          served: {command: '%s', vram: 64MB, cpu: true, parallel: 4}
        router:
          targets:
            moody: {url: 'http://127.0.0.1:%d/v1', silence: 2s}
            steady: {url: 'http://127.0.0.1:%d/v1'}
          tasks:
            numbers: {target: moody, fallback: steady}
        """
            .formatted(
                fleet.port(DOOR),
                fleet.port(MODELS),
                fleet.port(JOBS),
                fleet.port(CACHE),
                MoodyServer.command(),
                moody,
                steady));
    for (String service : SERVICES) {
      fleet.healthy(service);
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
    long pid = pid(service);
    Instant from = Instant.now();
    outages.add(new Outage(service, from, Instant.MAX));
    ProcessHandle killed = ProcessHandle.of(pid).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    healthy(service);
    outages.add(new Outage(service, from, Instant.now().plus(SLACK)));
    outages.remove(new Outage(service, from, Instant.MAX));
  }

  /** Sends a signal to the server of a model and waits until another one serves. */
  void signalServer(String signal) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    long pid = pid("model-" + SERVED);
    Instant from = Instant.now();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    while (Instant.now().isBefore(end)) {
      JsonNode model = served();
      if (model.path("state").asText().equals("ready")
          && Instant.parse(model.path("since").asText()).isAfter(from)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("no server came after signal " + signal + " to the one of " + SERVED);
  }

  /** Kills the node, and with it the bus; two seconds later somebody starts it again. */
  void killNode() throws IOException, InterruptedException {
    ProcessHandle node =
        ProcessHandle.allProcesses()
            .filter(each -> commandLine(each).contains(command.folder() + "/fleet.yaml"))
            .filter(each -> commandLine(each).contains("dev.flotilla.cli.Main node "))
            .findFirst()
            .orElseThrow();
    node.destroyForcibly();
    Thread.sleep(2_000);
    String _ = command.flotilla("up");
    for (String service : SERVICES) {
      healthy(service);
    }
  }

  /** Whole, however long; the JDK cuts it off at a page. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  private long pid(String agent) throws IOException, InterruptedException {
    JsonNode status = Wire.mapper().readTree(command.flotilla("status", "--json"));
    for (JsonNode each : status.path("agents")) {
      if (each.path("name").asText().equals(agent)) {
        return each.path("pid").asLong();
      }
    }
    throw new IOException("no agent " + agent + " in " + status);
  }

  private JsonNode models() throws IOException, InterruptedException {
    return Wire.mapper()
        .readTree(post(MODELS, "/operations/models", "{}", PATIENCE).body())
        .path("models");
  }

  private JsonNode served() throws IOException, InterruptedException {
    for (JsonNode each : models()) {
      if (each.path("model").asText().equals(SERVED)) {
        return each;
      }
    }
    throw new IOException("no model " + SERVED);
  }

  private void healthy(String service) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try {
        if (get(service, "/health").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IOException(
        service
            + " is not well within "
            + PATIENCE.toSeconds()
            + " s; see the logs in "
            + command.folder());
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
    int leases = 0;
    for (JsonNode each : models()) {
      leases += each.path("leases").asInt();
    }
    left.put("leases of models", Integer.toString(leases));
    return left;
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    command.close();
  }
}
