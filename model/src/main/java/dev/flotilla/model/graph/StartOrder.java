package dev.flotilla.model.graph;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order a fleet starts. Agents that stand in a cycle, or need one that does, are in no
 * layer.
 *
 * @param layers the first needs nothing; each agent is in the layer after its latest need
 */
public record StartOrder(List<List<AgentId>> layers) {
  public StartOrder {
    layers = layers.stream().map(List::copyOf).toList();
  }

  public static StartOrder of(Fleet fleet) {
    return of(DependencyGraph.of(fleet));
  }

  public static StartOrder of(DependencyGraph graph) {
    Map<AgentId, Integer> open = new HashMap<>();
    Map<AgentId, Integer> place = new HashMap<>();
    for (AgentId id : graph.agents()) {
      open.put(id, graph.needs(id).size());
      place.put(id, place.size());
    }
    List<List<AgentId>> layers = new ArrayList<>();
    List<AgentId> ready = graph.agents().stream().filter(id -> graph.needs(id).isEmpty()).toList();
    while (!ready.isEmpty()) {
      layers.add(ready);
      List<AgentId> freed = new ArrayList<>();
      for (AgentId id : ready) {
        for (AgentId dependent : graph.neededBy(id)) {
          if (open.merge(dependent, -1, Integer::sum) == 0) {
            freed.add(dependent);
          }
        }
      }
      freed.sort(Comparator.comparing(id -> place.getOrDefault(id, 0)));
      ready = freed;
    }
    return new StartOrder(layers);
  }

  /** All agents, each after everything it needs. */
  public List<AgentId> flat() {
    return layers.stream().flatMap(List::stream).toList();
  }

  /**
   * The chain of needs that takes longest, first agent first.
   *
   * @param took how long each agent takes from its start until it is ready; none counts as zero
   */
  public CriticalPath criticalPath(DependencyGraph graph, Map<AgentId, Duration> took) {
    Map<AgentId, Duration> ready = new HashMap<>();
    Map<AgentId, AgentId> latest = new HashMap<>();
    List<AgentId> path = new ArrayList<>();
    Duration total = Duration.ZERO;
    for (AgentId id : flat()) {
      Duration start = Duration.ZERO;
      for (AgentId need : graph.needs(id)) {
        Duration at = ready.getOrDefault(need, Duration.ZERO);
        if (at.compareTo(start) > 0 || !latest.containsKey(id)) {
          start = at.compareTo(start) > 0 ? at : start;
          latest.put(id, need);
        }
      }
      Duration end = start.plus(took.getOrDefault(id, Duration.ZERO));
      ready.put(id, end);
      if (path.isEmpty() || end.compareTo(total) > 0) {
        total = end;
        path = List.of(id);
      }
    }
    return path.isEmpty()
        ? new CriticalPath(List.of(), Duration.ZERO)
        : new CriticalPath(back(path.getFirst(), latest), total);
  }

  private static List<AgentId> back(AgentId end, Map<AgentId, AgentId> latest) {
    List<AgentId> path = new ArrayList<>();
    for (AgentId at = end; at != null; at = latest.get(at)) {
      path.add(at);
    }
    return path.reversed();
  }

  /**
   * The longest chain.
   *
   * @param total from the start of the first until the last is ready
   */
  public record CriticalPath(List<AgentId> agents, Duration total) {
    public CriticalPath {
      agents = List.copyOf(agents);
    }
  }
}
