package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.AgentId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a service is given. Nothing in it is the service's to close.
 *
 * @param agent who it is in the manifest
 * @param fleet the fleet's name
 * @param state the fleet's state folder; the service keeps to a folder of its own in it
 * @param ports by name, as in the manifest; {@code main} is its HTTP listener
 * @param environment variables of its agent, secrets included: never log them
 * @param calls the way to operations of others
 * @param metrics its own; shown at {@code /metrics}
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
    Timers timers) {
  public ServiceContext {
    ports = Map.copyOf(ports);
    environment = Map.copyOf(environment);
  }
}
