package dev.flotilla.hub.observability;

import dev.flotilla.hub.twin.Drift;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One agent as people see it.
 *
 * @param name bare where only one agent has it, else {@code name@machine}
 * @param state the last known; empty when nothing was ever seen of it
 * @param stale whether what is known is too old to be believed
 * @param fine whether it is as the manifest wants it
 * @param reason why it is in its state, in words; may be empty
 * @param startsAgain when it is started again, while it waits for that
 */
record AgentView(
    AgentId id,
    String name,
    String group,
    boolean required,
    Optional<AgentState> state,
    boolean stale,
    boolean fine,
    String reason,
    Optional<Instant> since,
    Optional<Instant> startedAt,
    Optional<Instant> startsAgain,
    int restarts,
    Map<String, Integer> ports,
    Optional<Long> pid,
    Optional<String> lastExit) {

  /** Every agent of the manifest in its order, then those that only a node knows. Pure. */
  static List<AgentView> all(FleetView fleet, Instant now) {
    Set<AgentId> ids = new LinkedHashSet<>(fleet.fleet().agents().keySet());
    ids.addAll(fleet.observed().keySet());
    List<AgentView> views = new ArrayList<>();
    for (AgentId id : ids) {
      views.add(of(id, fleet, now));
    }
    return views;
  }

  private static AgentView of(AgentId id, FleetView fleet, Instant now) {
    Optional<Agent> agent = Optional.ofNullable(fleet.fleet().agents().get(id));
    Optional<AgentStatus> status = fleet.status(id);
    boolean stale = status.isEmpty() || fleet.stale(id.machine(), now);
    boolean fine =
        !stale
            && agent
                .map(a -> Drift.of(a, fleet, now).stream().noneMatch(AgentView::hurts))
                .orElseGet(() -> Tone.of(status.get().state()) == Tone.FINE);
    return new AgentView(
        id,
        agent.isPresent() ? fleet.fleet().shortName(id) : id.name(),
        agent.map(Agent::group).or(() -> status.map(AgentStatus::group)).orElse(""),
        agent.map(Agent::required).or(() -> status.map(AgentStatus::required)).orElse(false),
        status.map(AgentStatus::state),
        stale,
        fine,
        status.isEmpty()
            ? "nothing has been heard of it"
            : stale
                ? "the node of " + id.machine() + " is silent" + before(status.get())
                : status.get().reason(),
        status.map(AgentStatus::since),
        status.flatMap(AgentStatus::startedAt),
        status.flatMap(AgentStatus::startsAgain).filter(at -> !stale),
        status.map(AgentStatus::restarts).orElse(0),
        status
            .map(AgentStatus::ports)
            .filter(p -> !p.isEmpty())
            .or(() -> agent.map(Agent::ports))
            .orElse(Map.of()),
        status.flatMap(AgentStatus::pid),
        status.flatMap(AgentStatus::lastExit));
  }

  private static boolean hurts(Drift drift) {
    return switch (drift.kind()) {
      case UNKNOWN, NOT_RUNNING, NOT_HEALTHY, NOT_YET -> true;
      case PORTS, GROUP, UNDECLARED -> false;
    };
  }

  private static String before(AgentStatus status) {
    return status.reason().isEmpty() ? "" : "; before: " + status.reason();
  }

  Tone tone() {
    return stale ? Tone.STALE : state.map(Tone::of).orElse(Tone.STALE);
  }

  /** The state in words, never a good one when it is stale. */
  String words() {
    String label = state.map(AgentState::label).orElse("unknown");
    return !stale ? label : state.isPresent() ? "stale (was " + label + ")" : "unknown";
  }

  String sign() {
    return stale ? "?" : state.map(Tone::sign).orElse("?");
  }
}
