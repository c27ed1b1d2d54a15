package dev.flotilla.model.graph;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who needs whom in a fleet. Needs of agents that the fleet does not hold, such as those of another
 * machine after {@link Fleet#on}, are left out. Orders follow the manifest. Immutable.
 */
public final class DependencyGraph {
  private final Map<AgentId, Set<AgentId>> needs;
  private final Map<AgentId, Set<AgentId>> neededBy;

  private DependencyGraph(Map<AgentId, Set<AgentId>> needs) {
    this.needs = needs;
    this.neededBy = reversed(needs);
  }

  public static DependencyGraph of(Fleet fleet) {
    Map<AgentId, Set<AgentId>> needs = new LinkedHashMap<>();
    for (Agent agent : fleet.agents().values()) {
      Set<AgentId> targets = new LinkedHashSet<>();
      agent.needs().stream()
          .map(Need::agent)
          .filter(fleet.agents()::containsKey)
          .forEach(targets::add);
      needs.put(agent.id(), targets);
    }
    return new DependencyGraph(needs);
  }

  /**
   * @param needs every agent with what it needs; what is needed must be a key too
   */
  public static DependencyGraph of(Map<AgentId, ? extends Collection<AgentId>> needs) {
    Map<AgentId, Set<AgentId>> copy = new LinkedHashMap<>();
    needs.forEach((id, targets) -> copy.put(id, new LinkedHashSet<>(targets)));
    return new DependencyGraph(copy);
  }

  private static Map<AgentId, Set<AgentId>> reversed(Map<AgentId, Set<AgentId>> edges) {
    Map<AgentId, Set<AgentId>> reversed = new LinkedHashMap<>();
    edges.keySet().forEach(id -> reversed.put(id, new LinkedHashSet<>()));
    edges.forEach(
        (id, targets) ->
            targets.forEach(
                target -> reversed.computeIfAbsent(target, t -> new LinkedHashSet<>()).add(id)));
    return reversed;
  }

  public Set<AgentId> agents() {
    return Collections.unmodifiableSet(needs.keySet());
  }

  /** What the agent itself asks for. */
  public Set<AgentId> needs(AgentId id) {
    return Collections.unmodifiableSet(needs.getOrDefault(id, Set.of()));
  }

  /** Who asks for the agent itself. */
  public Set<AgentId> neededBy(AgentId id) {
    return Collections.unmodifiableSet(neededBy.getOrDefault(id, Set.of()));
  }

  /** Everything that must be there before the agent, without the agent; nearest first. */
  public Set<AgentId> dependencies(AgentId id) {
    return closure(id, needs);
  }

  /** Everything that cannot be there without the agent, without the agent; nearest first. */
  public Set<AgentId> dependents(AgentId id) {
    return closure(id, neededBy);
  }

  private static Set<AgentId> closure(AgentId start, Map<AgentId, Set<AgentId>> edges) {
    Set<AgentId> seen = new LinkedHashSet<>();
    Deque<AgentId> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (AgentId next : edges.getOrDefault(open.remove(), Set.of())) {
        if (!next.equals(start) && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  /**
   * One path for each cycle, as a list whose last agent needs the first; empty when there is none.
   */
  public List<List<AgentId>> cycles() {
    return Cycles.in(needs);
  }

  Map<AgentId, Set<AgentId>> edges() {
    return needs;
  }
}
