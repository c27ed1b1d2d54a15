package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.batch.BatchingPublisher;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service is given. Nothing in it is the service's to close; what the service opens itself
 * it gives to {@link #keep}.
 *
 * @param agent who it is in the manifest
 * @param fleet the fleet's name
 * @param state the fleet's state folder; the service keeps to a {@link #folder} of its own in it
 * @param ports by name, as in the manifest; {@code main} is its HTTP listener
 * @param environment variables of its agent, secrets included: never log them
 * @param calls the way to operations of others
 * @param metrics its own; shown at {@code /metrics}
 * @param batch how many messages of a {@link #batching} publisher go together
 * @param resources closed when the service ends
 */
public record ServiceContext(
    AgentId agent,
    String fleet,
    String group,
    Path state,
    Map<String, Integer> ports,
    Map<String, String> environment,
    Bus bus,
    Calls calls,
    Flags flags,
    Metrics metrics,
    Clock clock,
    Timers timers,
    Messaging.Batch batch,
    Resources resources) {
  private static final Logger log = LoggerFactory.getLogger(ServiceContext.class);

  public ServiceContext {
    ports = Map.copyOf(ports);
    environment = Map.copyOf(environment);
  }

  /**
   * Closes it when the service ends, the last kept first, also when the start fails. By then no
   * request comes in any more.
   */
  public <T extends AutoCloseable> T keep(T resource) {
    return resources.keep(resource);
  }

  /** Runs it again and again until the service ends. */
  public void every(Duration period, Runnable action) {
    keep(timers.every(period, action));
  }

  /** A publisher of many small messages, which sends them together; closed with the service. */
  public BatchingPublisher batching() {
    return keep(new BatchingPublisher(bus, batch, timers));
  }

  /** A folder in the fleet's state folder, made where it is missing. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(state.resolve(name));
  }

  /**
   * Tells whoever listens of something that happened, as JSON; that it could not be told is logged,
   * since it has happened all the same.
   *
   * @param event what follows {@code flotilla.event.}, such as {@code job.mail}
   */
  public void tell(String event, Object value) {
    try {
      bus.publish(Message.of("flotilla.event." + event, Wire.json(value)));
    } catch (RuntimeException e) {
      log.warn("{}: nobody on the bus was told of {}: {}", agent, event, e.getMessage());
    }
  }
}
