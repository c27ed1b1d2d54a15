package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.testing.ScriptedNode;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The door in this JVM, as its host runs it, with a manifest and a node that serves it. */
final class DoorSetup implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final SystemTimers timers = new SystemTimers();
  private final InMemoryBus bus = new InMemoryBus();
  private final Path state;
  private final String env;
  private final int port;
  private final Fleet fleet;
  private final ScriptedNode node;
  private ServiceHost host;

  /**
   * @param router the manifest's section, indented by nothing; empty for none
   * @param config of RequestCoordinator, such as {@code requireKey: true}
   */
  DoorSetup(Path state, String router, String config) throws IOException {
    this(state, router, config, "SCRIPTED_KEY: sk-upstream-secret");
  }

  /**
   * @param env of RequestCoordinator, such as {@code NAME: value}
   */
  DoorSetup(Path state, String router, String config, String env) throws IOException {
    this.state = state;
    this.env = env;
    this.port = freePort();
    this.fleet = fleet(router, config);
    this.node = new ScriptedNode(bus, "local", fleet);
    this.host = start();
  }

  DoorSetup(Path state, String router) throws IOException {
    this(state, router, "");
  }

  private Fleet fleet(String router, String config) throws IOException {
    String text =
        """
        agents:
          Door: {service: RequestCoordinator, port: %d, env: {%s}, config: {%s}}
          Memory: {command: sleep 60, port: 5713}
        flags:
          newer: {variants: {a: first, b: second}, default: a}
        """
                .formatted(port, env, config)
            + (router.isEmpty() ? "" : "router:\n" + router.indent(2));
    Path file = state.resolve("fleet.yaml");
    Files.writeString(file, text);
    return switch (ManifestLoader.load(file, LoadOptions.of(Map.of()))) {
      case Result.Ok<Fleet>(Fleet read, var warnings) -> read;
      case Result.Failed<Fleet>(var problems) -> throw new IllegalArgumentException("" + problems);
    };
  }

  private ServiceHost start() {
    ServiceHost made =
        new ServiceHost(
            new HostSettings("test", "local", "default", state),
            fleet.agents().values().stream().filter(a -> a.id().name().equals("Door")).toList(),
            Map.of(RequestCoordinator.NAME, RequestCoordinator.factory(new FleetWatch(), List::of)),
            bus,
            Flags.fixed(fleet.flags()),
            Clock.systemUTC(),
            timers);
    HostStatus status = made.startAll();
    if (status.agents().getFirst().state() != HostStatus.State.RUNNING) {
      throw new IllegalStateException(status.toString());
    }
    return made;
  }

  /** Puts another router in force, as another manifest would. */
  void router(String router) throws IOException {
    node.apply(fleet(router, ""));
  }

  /** Tells an event, as another service of the fleet would. */
  void tell(String event, Object what) {
    bus.publish(Message.of("flotilla.event." + event, Wire.json(what)));
  }

  void stop() {
    host.close();
  }

  void restart() {
    host.close();
    host = start();
  }

  int port() {
    return port;
  }

  Path state() {
    return state;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(request, headers);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)), headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks in a chat, with a model or with {@code auto}. */
  HttpResponse<String> chat(String model, String text, String... headers) {
    return post("/v1/chat/completions", body(model, text, false), headers);
  }

  static String body(String model, String text, boolean stream) {
    return """
    {"model":"%s","stream":%s,"messages":[{"role":"user","content":"%s"}]}\
    """
        .formatted(model, stream, text);
  }

  private String owner() {
    try {
      return Files.readString(state.resolve("door/owner.key"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How an answer came about. */
  JsonNode explain(HttpResponse<?> answer) {
    String id = answer.headers().firstValue("x-request-id").orElseThrow();
    return json(get("/requests/" + id, "Authorization", "Bearer " + owner()));
  }

  static JsonNode json(HttpResponse<String> answer) {
    return json(answer.body());
  }

  static JsonNode json(String text) {
    return Wire.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
  }

  /** What the assistant said. */
  static String said(HttpResponse<String> answer) {
    return json(answer).path("choices").path(0).path("message").path("content").asText();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    host.close();
    node.close();
    timers.close();
  }
}
