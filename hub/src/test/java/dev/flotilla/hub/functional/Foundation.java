package dev.flotilla.hub.functional;

import static dev.flotilla.kernel.testing.TestFleet.plain;

import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.hub.observability.ObservabilityHub;
import dev.flotilla.hub.registry.ServiceRegistry;
import dev.flotilla.hub.twin.SystemDigitalTwin;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.testing.ScriptedNode;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The three services of the hub in this JVM, with a bus and a node that says what it is told. */
public final class Foundation implements AutoCloseable {
  static final String MACHINE = "pc1";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path state;
  private final EmbeddedServer server;
  private final NatsBus bus;
  private final SystemTimers timers = new SystemTimers();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final ScriptedNode node;
  private ServiceHost host;

  public Foundation(Path state, Fleet fleet) throws IOException {
    this.state = state;
    this.server = EmbeddedServer.start(ServerOptions.local());
    this.bus = NatsBus.connect(BusOptions.of("nats://127.0.0.1:" + server.port(), "test"));
    for (String name :
        List.of(ServiceRegistry.NAME, SystemDigitalTwin.NAME, ObservabilityHub.NAME)) {
      ports.put(name, freePort());
    }
    this.node = new ScriptedNode(bus, MACHINE, fleet);
    this.host = host();
    host.startAll();
  }

  private ServiceHost host() {
    FleetWatch fleet = new FleetWatch();
    Map<String, ServiceFactory<?>> factories =
        Map.of(
            ServiceRegistry.NAME, ServiceRegistry.factory(fleet),
            SystemDigitalTwin.NAME, SystemDigitalTwin.factory(fleet),
            ObservabilityHub.NAME, ObservabilityHub.factory(fleet));
    return new ServiceHost(
        new HostSettings("test", MACHINE, "foundation", state),
        ports.entrySet().stream().map(e -> service(e.getKey(), e.getValue())).toList(),
        factories,
        bus,
        Flags.fixed(Map.of()),
        Clock.systemUTC(),
        timers);
  }

  /** A service of the foundation's group as the manifest has it. */
  static Agent service(String name, int port) {
    Agent a = plain(name + "@" + MACHINE, port);
    return new Agent(
        new AgentId(name, MACHINE),
        "foundation",
        a.description(),
        new Launch.Service(name),
        a.ports(),
        a.liveness(),
        a.readiness(),
        a.needs(),
        a.limits(),
        a.restart(),
        a.stop(),
        a.required(),
        a.lazy(),
        a.environment(),
        a.config(),
        a.family(),
        a.where());
  }

  ScriptedNode node() {
    return node;
  }

  NatsBus bus() {
    return bus;
  }

  String busUrl() {
    return "nats://127.0.0.1:" + server.port();
  }

  HostStatus status() {
    return host.status();
  }

  /** As if the JVM of the services had ended. */
  void stopHost() {
    host.close();
  }

  /** A new host on the same state, as after a restart. */
  void restart() {
    host.close();
    host = host();
    host.startAll();
  }

  Calls calls() {
    return new BusCalls(
        bus, new Breakers(Messaging.Breaker.DEFAULT, Clock.systemUTC()), Clock.systemUTC());
  }

  URI uri(String service, String path) {
    return URI.create("http://127.0.0.1:" + ports.get(service) + path);
  }

  HttpResponse<String> get(String service, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(uri(service, path)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lines of a stream that does not end. */
  Stream<String> lines(String service, String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(uri(service, path)).build(), HttpResponse.BodyHandlers.ofLines())
        .body();
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
    bus.close();
    server.close();
    http.shutdownNow();
  }
}
