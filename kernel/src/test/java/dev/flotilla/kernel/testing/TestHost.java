package dev.flotilla.kernel.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Listen;
import dev.flotilla.model.Messaging;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service as others see it: over a bus of its own, at a time that stands until it is advanced,
 * with an HTTP listener on any free port. Thread-safe.
 */
public final class TestHost implements AutoCloseable {
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final BusCalls calls;
  private final String service;
  private final ServiceHost host;

  private TestHost(
      ServiceFactory<?> factory,
      Path state,
      Map<String, Object> config,
      Optional<Listen> listen,
      Optional<Bus> other) {
    Bus over = other.orElse(bus);
    service = factory.name();
    calls = new BusCalls(over, new Breakers(Messaging.Breaker.DEFAULT, time), time);
    host =
        new ServiceHost(
            new HostSettings("fleet", "pc1", "core", state),
            List.of(TestFleet.service(service, new Launch.Service(service, listen), config)),
            Map.of(service, factory),
            over,
            Flags.fixed(Map.of()),
            time,
            time);
  }

  /**
   * Starts it.
   *
   * @param state as the fleet's state folder
   * @param config as in the manifest
   * @throws IllegalStateException with the reason why it does not start
   */
  public static TestHost start(ServiceFactory<?> factory, Path state, Map<String, Object> config) {
    return start(factory, state, config, Optional.empty());
  }

  /** The same with a listener beyond loopback. */
  public static TestHost start(
      ServiceFactory<?> factory, Path state, Map<String, Object> config, Optional<Listen> listen) {
    return started(new TestHost(factory, state, config, listen, Optional.empty()));
  }

  /** The same over a bus that there is already, and stays. */
  public static TestHost start(
      ServiceFactory<?> factory, Path state, Map<String, Object> config, Bus bus) {
    return started(new TestHost(factory, state, config, Optional.empty(), Optional.of(bus)));
  }

  private static TestHost started(TestHost host) {
    HostStatus.Hosted started = host.host.startAll().agents().getFirst();
    if (started.state() != HostStatus.State.RUNNING) {
      host.close();
      throw new IllegalStateException(started.reason());
    }
    return host;
  }

  public InMemoryBus bus() {
    return bus;
  }

  public FakeTime time() {
    return time;
  }

  /** Of its listener. */
  public int port() {
    return status().port().orElseThrow();
  }

  /** Health and all, as the node hears it. */
  public HostStatus.Hosted status() {
    return host.status().agents().getFirst();
  }

  /** Calls one of its operations. */
  public JsonNode call(String operation, Object request) {
    return calls.call(service, operation, request, JsonNode.class);
  }

  /** Calls one of its operations, with the answer as a record. */
  public <O> O call(String operation, Object request, Class<O> answer) {
    return calls.call(service, operation, request, answer);
  }

  @Override
  public void close() {
    host.close();
  }
}
