package dev.flotilla.hub.twin;

import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Restart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One difference between what the manifest says and what is.
 *
 * @param required whether the manifest requires the agent
 * @param since when it came about, as far as is known
 * @param reason what the node says of it, in words; may be empty
 */
public record Drift(
    AgentId agent,
    Kind kind,
    boolean required,
    String desired,
    String observed,
    Optional<Instant> since,
    String reason) {

  /** What differs. */
  public enum Kind {
    /** Its node says nothing, or was not heard of lately: nobody knows. */
    UNKNOWN,
    /** It should run and does not. */
    NOT_RUNNING,
    /** It runs and is not as it should be. */
    NOT_HEALTHY,
    /** It is on its way. */
    NOT_YET,
    /** It runs with other ports. */
    PORTS,
    /** It runs in another group. */
    GROUP,
    /** It runs, and the manifest does not name it. */
    UNDECLARED
  }

  private static final Comparator<Drift> ORDER =
      Comparator.comparing((Drift d) -> !d.required())
          .thenComparing(Drift::kind)
          .thenComparing(Drift::agent);

  /** Every difference, required agents first. Pure. */
  public static List<Drift> of(FleetView view, Instant now) {
    List<Drift> drift = new ArrayList<>();
    for (Agent agent : view.fleet().agents().values()) {
      drift.addAll(of(agent, view, now));
    }
    for (AgentStatus status : view.observed().values()) {
      if (!view.fleet().agents().containsKey(status.id()) && status.pid().isPresent()) {
        drift.add(
            new Drift(
                status.id(),
                Kind.UNDECLARED,
                false,
                "not in the manifest",
                status.state().label(),
                Optional.of(status.since()),
                status.reason()));
      }
    }
    return drift.stream().sorted(ORDER).toList();
  }

  /** What differs for one agent. */
  public static List<Drift> of(Agent agent, FleetView view, Instant now) {
    Optional<AgentStatus> known = view.status(agent.id());
    if (known.isEmpty() || view.stale(agent.id().machine(), now)) {
      String machine = agent.id().machine();
      String observed = known.map(s -> "unknown, last seen " + s.state().label()).orElse("unknown");
      String reason = "the node of " + machine + " has not been heard";
      return List.of(
          new Drift(
              agent.id(),
              Kind.UNKNOWN,
              agent.required(),
              wanted(agent),
              observed,
              Optional.ofNullable(view.heard().get(machine)),
              reason));
    }
    return differences(agent, known.get());
  }

  private static List<Drift> differences(Agent agent, AgentStatus status) {
    List<Drift> drift = new ArrayList<>();
    stateDrift(agent, status.state())
        .ifPresent(
            kind -> drift.add(of(agent, status, kind, wanted(agent), status.state().label())));
    if (!status.ports().isEmpty() && !status.ports().equals(agent.ports())) {
      drift.add(of(agent, status, Kind.PORTS, agent.ports().toString(), status.ports().toString()));
    }
    if (!status.group().equals(agent.group())) {
      drift.add(of(agent, status, Kind.GROUP, agent.group(), status.group()));
    }
    return drift;
  }

  private static Optional<Kind> stateDrift(Agent agent, AgentState state) {
    return switch (state) {
      case RUNNING, HEALTHY -> Optional.empty();
      case DEGRADED -> Optional.of(Kind.NOT_HEALTHY);
      case WAITING -> agent.lazy() ? Optional.empty() : Optional.of(Kind.NOT_YET);
      case STARTING, RESTARTING -> Optional.of(Kind.NOT_YET);
      case STOPPED ->
          agent.lazy() || !agent.restart().policy().equals(Restart.Policy.ALWAYS)
              ? Optional.empty()
              : Optional.of(Kind.NOT_RUNNING);
      case CRASH_LOOP, FAILED -> Optional.of(Kind.NOT_RUNNING);
    };
  }

  private static Drift of(
      Agent agent, AgentStatus status, Kind kind, String desired, String observed) {
    return new Drift(
        agent.id(),
        kind,
        agent.required(),
        desired,
        observed,
        Optional.of(status.since()),
        status.reason());
  }

  private static String wanted(Agent agent) {
    return agent.lazy()
        ? "on demand"
        : agent.readiness().or(agent::liveness).isPresent() ? "healthy" : "running";
  }
}
