package dev.flotilla.hub.registry;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be found at one moment: registrations, and the agents of the manifest that have not
 * registered themselves. Pure.
 */
public record Directory(List<Target> targets) {

  public Directory {
    targets = List.copyOf(targets);
  }

  /** Joins what holds a lease with what the manifest declares and the nodes observe. */
  public static Directory of(
      Registry registry, Instant now, Fleet fleet, Map<AgentId, AgentStatus> observed) {
    List<Target> targets = new ArrayList<>();
    Set<AgentId> registered = new HashSet<>();
    for (Entry entry : registry.living(now)) {
      Registration registration = entry.registration();
      targets.add(Target.of(entry));
      if (registration.serviceName().equals(ServiceName.of(registration.owner().name()))) {
        registered.add(registration.owner());
      }
    }
    for (Agent agent : fleet.agents().values()) {
      if (!registered.contains(agent.id()) && ServiceName.isName(agent.id().name())) {
        targets.add(supervised(agent, fleet, Optional.ofNullable(observed.get(agent.id()))));
      }
    }
    return new Directory(targets);
  }

  private static Target supervised(Agent agent, Fleet fleet, Optional<AgentStatus> status) {
    boolean alive = status.map(s -> runs(s.state())).orElse(false);
    Map<String, Integer> ports =
        status.map(AgentStatus::ports).filter(p -> !p.isEmpty()).orElse(agent.ports());
    String machine = agent.id().machine();
    String address =
        Optional.ofNullable(fleet.machines().get(machine)).map(Machine::address).orElse(machine);
    return new Target(
        agent.id().name(),
        agent.id(),
        status.flatMap(AgentStatus::pid).map(pid -> "pid " + pid).orElse(""),
        address,
        ports,
        List.of(agent.group()),
        Map.of(),
        false,
        alive,
        alive ? Target.Source.NODE : Target.Source.MANIFEST);
  }

  /** Whether a process in this state can be talked to, or will be in a moment. */
  static boolean runs(AgentState state) {
    return switch (state) {
      case STARTING, RUNNING, HEALTHY, DEGRADED -> true;
      case WAITING, RESTARTING, CRASH_LOOP, FAILED, STOPPED -> false;
    };
  }

  /**
   * Those that match all that is asked, the living ones first.
   *
   * @param tags all of them must be carried
   */
  public List<Target> find(
      Optional<ServiceName> name, Optional<String> machine, List<String> tags, boolean aliveOnly) {
    return targets.stream()
        .filter(t -> name.map(n -> n.equals(t.serviceName())).orElse(true))
        .filter(t -> machine.map(m -> m.equals(t.owner().machine())).orElse(true))
        .filter(t -> t.tags().containsAll(tags))
        .filter(t -> t.alive() || !aliveOnly)
        .sorted(Comparator.comparing((Target t) -> !t.alive()))
        .toList();
  }
}
