package dev.flotilla.model.graph;

import dev.flotilla.model.AgentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds cycles: the shortest first, each once, until breaking the last of them leaves none. */
final class Cycles {
  private static final int MOST = 50;

  private Cycles() {}

  static List<List<AgentId>> in(Map<AgentId, Set<AgentId>> edges) {
    Map<AgentId, Set<AgentId>> left = new LinkedHashMap<>();
    edges.forEach((id, targets) -> left.put(id, new LinkedHashSet<>(targets)));
    List<List<AgentId>> cycles = new ArrayList<>();
    peel(left);
    while (!left.isEmpty() && cycles.size() < MOST) {
      Optional<List<AgentId>> cycle =
          left.keySet().stream().flatMap(id -> shortestThrough(id, left).stream()).findFirst();
      if (cycle.isEmpty()) {
        return cycles;
      }
      cycles.add(cycle.get());
      left.getOrDefault(cycle.get().getLast(), Set.of()).remove(cycle.get().getFirst());
      peel(left);
    }
    return cycles;
  }

  /** Takes away what no cycle can contain: who needs nobody, and whom nobody needs. */
  private static void peel(Map<AgentId, Set<AgentId>> edges) {
    boolean changed = true;
    while (changed) {
      changed = peelOnce(edges);
      Map<AgentId, Set<AgentId>> reversed = reverse(edges);
      if (peelOnce(reversed)) {
        changed = true;
        edges.keySet().retainAll(reversed.keySet());
        edges.values().forEach(targets -> targets.retainAll(edges.keySet()));
      }
    }
  }

  private static Map<AgentId, Set<AgentId>> reverse(Map<AgentId, Set<AgentId>> edges) {
    Map<AgentId, Set<AgentId>> reversed = new LinkedHashMap<>();
    edges.keySet().forEach(id -> reversed.put(id, new LinkedHashSet<>()));
    edges.forEach(
        (id, targets) ->
            targets.forEach(
                target -> reversed.computeIfAbsent(target, t -> new LinkedHashSet<>()).add(id)));
    return reversed;
  }

  private static boolean peelOnce(Map<AgentId, Set<AgentId>> edges) {
    Map<AgentId, Set<AgentId>> sources = reverse(edges);
    Deque<AgentId> ends = new ArrayDeque<>();
    edges.forEach(
        (id, targets) -> {
          if (targets.isEmpty()) {
            ends.add(id);
          }
        });
    boolean any = !ends.isEmpty();
    while (!ends.isEmpty()) {
      AgentId end = ends.remove();
      edges.remove(end);
      for (AgentId source : sources.getOrDefault(end, Set.of())) {
        Set<AgentId> targets = edges.getOrDefault(source, new LinkedHashSet<>());
        if (targets.remove(end) && targets.isEmpty()) {
          ends.add(source);
        }
      }
    }
    return any;
  }

  private static Optional<List<AgentId>> shortestThrough(
      AgentId start, Map<AgentId, Set<AgentId>> edges) {
    Map<AgentId, AgentId> cameFrom = new HashMap<>();
    Deque<AgentId> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      AgentId id = open.remove();
      for (AgentId next : edges.getOrDefault(id, Set.of())) {
        if (next.equals(start)) {
          return Optional.of(path(start, id, cameFrom));
        }
        if (cameFrom.putIfAbsent(next, id) == null) {
          open.add(next);
        }
      }
    }
    return Optional.empty();
  }

  private static List<AgentId> path(AgentId start, AgentId end, Map<AgentId, AgentId> cameFrom) {
    List<AgentId> path = new ArrayList<>();
    AgentId at = end;
    while (at != null && !at.equals(start)) {
      path.add(at);
      at = cameFrom.get(at);
    }
    path.add(start);
    return path.reversed();
  }
}
