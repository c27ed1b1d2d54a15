package dev.flotilla.assistant.jobs;

import java.time.Duration;
import java.util.Map;

/**
 * What can be configured.
 *
 * @param database such as {@code postgresql://user@host/name}; empty for a SQLite file in the state
 *     folder
 * @param limits how many jobs of a kind may run at once, by kind
 * @param lease how long a worker holds a job that asks for no time of its own
 * @param longestWait how long a worker may wait for work in one call
 * @param jetStream whether work is also taken from JetStream where the bus has it
 */
public record AsyncProcessorConfig(
    String database,
    Map<String, Integer> limits,
    Duration lease,
    Duration longestWait,
    boolean jetStream) {
  public static final AsyncProcessorConfig DEFAULTS =
      new AsyncProcessorConfig("", Map.of(), Duration.ofSeconds(30), Duration.ofSeconds(30), true);

  public AsyncProcessorConfig {
    limits = Map.copyOf(limits);
  }
}
