package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The chain of agents that the last start of the fleet took as long as: each waited for the one
 * before it. To start faster, shorten one of these.
 *
 * @param steps in order of time
 * @param total from the start of the first to the readiness of the last
 */
public record CriticalPath(List<Step> steps, Duration total) {

  /**
   * One agent on the path.
   *
   * @param waited from what it needed being there to its own start: pacing and the node's work
   * @param took from its start to its readiness
   */
  public record Step(
      AgentId agent, Instant startedAt, Instant readyAt, Duration waited, Duration took) {}

  /** When an agent was started and when it was ready, in the last start of the fleet. */
  public record Start(Instant startedAt, Optional<Instant> readyAt) {
    Instant ready() {
      return readyAt.orElse(startedAt);
    }
  }

  public CriticalPath {
    steps = List.copyOf(steps);
  }

  /** The path that ends at the agent that was ready last; empty when nothing has started. Pure. */
  public static CriticalPath of(Fleet fleet, Map<AgentId, Start> starts) {
    Optional<AgentId> last =
        fleet.agents().keySet().stream()
            .filter(starts::containsKey)
            .max(Comparator.comparing(id -> start(starts, id).ready()));
    List<Step> steps = new ArrayList<>();
    Set<AgentId> seen = new HashSet<>();
    Optional<AgentId> at = last;
    while (at.isPresent() && seen.add(at.get())) {
      AgentId id = at.get();
      Start start = start(starts, id);
      Optional<Need> before = releasing(fleet, starts, id);
      Duration waited =
          before
              .map(n -> Duration.between(holds(n, starts), start.startedAt()))
              .orElse(Duration.ZERO);
      steps.addFirst(
          new Step(
              id,
              start.startedAt(),
              start.ready(),
              waited,
              Duration.between(start.startedAt(), start.ready())));
      at = before.map(Need::agent);
    }
    Duration total =
        steps.isEmpty()
            ? Duration.ZERO
            : Duration.between(steps.getFirst().startedAt(), steps.getLast().readyAt());
    return new CriticalPath(steps, total);
  }

  /** The need that held last before the agent was started. */
  private static Optional<Need> releasing(Fleet fleet, Map<AgentId, Start> starts, AgentId id) {
    Agent agent = fleet.agents().get(id);
    return agent == null
        ? Optional.empty()
        : agent.needs().stream()
            .filter(n -> starts.containsKey(n.agent()))
            .filter(n -> !holds(n, starts).isAfter(start(starts, id).startedAt()))
            .max(Comparator.comparing(n -> holds(n, starts)));
  }

  private static Instant holds(Need need, Map<AgentId, Start> starts) {
    Start start = start(starts, need.agent());
    return switch (need.condition()) {
      case Need.Started _ -> start.startedAt();
      case Need.Healthy _, Need.Completed _, Need.LogLine _ -> start.ready();
    };
  }

  private static Start start(Map<AgentId, Start> starts, AgentId id) {
    Start start = starts.get(id);
    return start == null ? new Start(Instant.EPOCH, Optional.empty()) : start;
  }
}
