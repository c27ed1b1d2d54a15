package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.jobs.AsyncProcessor;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Messaging;
import dev.flotilla.model.Position;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An AsyncProcessor as the node hosts it, on a bus of its own, and callers with connections. */
final class Rig implements AutoCloseable {
  private final Optional<EmbeddedServer> server;
  private final String url;
  private final Bus bus;
  private final SystemTimers timers = new SystemTimers();
  private final ServiceHost host;

  /** On a bus of its own. */
  Rig(Path state) throws IOException {
    this(state, EmbeddedServer.start(ServerOptions.local().at("127.0.0.1", 0)));
  }

  private Rig(Path state, EmbeddedServer server) throws IOException {
    this(state, Optional.of(server), "nats://127.0.0.1:" + server.port());
  }

  /**
   * @param server that ends with this
   * @param url of the bus
   */
  Rig(Path state, Optional<EmbeddedServer> server, String url) throws IOException {
    this.server = server;
    this.url = url;
    bus = connect("host");
    host =
        new ServiceHost(
            new HostSettings("bench", "here", "core", state),
            List.of(agent()),
            Map.of(AsyncProcessor.NAME, AsyncProcessor.factory()),
            bus,
            Flags.fixed(Map.of()),
            Clock.systemUTC(),
            timers);
    HostStatus.Hosted started = host.startAll().agents().getFirst();
    if (started.state() != HostStatus.State.RUNNING) {
      throw new IOException(started.reason());
    }
  }

  private Bus connect(String name) {
    return NatsBus.connect(BusOptions.of(url, name));
  }

  /** One who submits or works, with a connection of its own. */
  Caller caller(String name) {
    Bus own = connect(name);
    Clock clock = Clock.systemUTC();
    return new Caller(
        own, new BusCalls(own, new Breakers(Messaging.Breaker.DEFAULT, clock), clock));
  }

  record Caller(Bus bus, BusCalls calls) implements AutoCloseable {
    JsonNode call(String operation, Object request) {
      return calls
          .within(Duration.ofSeconds(30))
          .call(AsyncProcessor.NAME, operation, request, JsonNode.class);
    }

    /** The job that an operation answers with, or the first of them. */
    JsonNode job(String operation, Object request) {
      JsonNode answer = call(operation, request);
      return answer.has("job") ? answer.path("job") : answer.path("jobs").path(0);
    }

    @Override
    public void close() {
      bus.close();
    }
  }

  @Override
  public void close() {
    host.close();
    timers.close();
    bus.close();
    server.ifPresent(EmbeddedServer::close);
  }

  private static Agent agent() {
    return new Agent(
        new AgentId(AsyncProcessor.NAME, "here"),
        "core",
        Optional.empty(),
        new Launch.Service(AsyncProcessor.NAME, Optional.empty()),
        Map.of(Agent.MAIN_PORT, 0),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of(),
        Map.of(),
        Optional.empty(),
        new Position("bench", 1, 1));
  }
}
