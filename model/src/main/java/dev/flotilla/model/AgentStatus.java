package dev.flotilla.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an agent at one moment. Made by the node, carried in events, shown by the hub
 * and the command line.
 *
 * @param reason why it is in this state, in words for people; empty when there is nothing to say
 * @param pid of its process, or of the JVM that hosts it
 * @param since when it came into this state
 * @param startedAt when its current process was started
 * @param readyAt when it was first ready after that
 * @param startsAgain when it is started again, while it waits for that
 * @param restarts how often it was started again since its node first started it
 * @param lastExit how its last process ended, such as {@code exit 1} or {@code signal 9}
 */
public record AgentStatus(
    AgentId id,
    String group,
    AgentState state,
    String reason,
    Optional<Long> pid,
    Map<String, Integer> ports,
    boolean required,
    Instant since,
    Optional<Instant> startedAt,
    Optional<Instant> readyAt,
    Optional<Instant> startsAgain,
    int restarts,
    Optional<String> lastExit) {
  /** The reason of a task that did its work and ended. */
  public static final String COMPLETED = "completed";

  /** The reason of a lazy agent that nobody has asked for. */
  public static final String STARTS_ON_DEMAND = "starts on first demand";

  public AgentStatus {
    ports = Ordered.copyOf(ports);
  }

  /** Whether it is a task that did its work and ended. */
  public boolean completed() {
    return state == AgentState.STOPPED && reason.startsWith(COMPLETED);
  }

  /** Whether it is lazy and nobody has asked for it yet. */
  public boolean awaitsDemand() {
    return state == AgentState.WAITING && reason.startsWith(STARTS_ON_DEMAND);
  }
}
