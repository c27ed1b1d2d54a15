package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who needs whom, in both directions. Pure; takes cycles and unknown agents as they come. */
public final class Dependencies {
  private final Map<AgentId, List<Edge>> needs = new LinkedHashMap<>();
  private final Map<AgentId, List<Edge>> neededBy = new HashMap<>();

  /**
   * One agent needs another.
   *
   * @param from who needs
   * @param to who is needed
   */
  public record Edge(AgentId from, AgentId to, Need.Condition condition) {}

  /**
   * An agent that is reached from another.
   *
   * @param distance over how many edges at least
   * @param via the edge by which it was reached first
   */
  public record Reached(AgentId agent, int distance, Edge via) {}

  public Dependencies(Fleet fleet) {
    for (Agent agent : fleet.agents().values()) {
      List<Edge> edges = new ArrayList<>();
      for (Need need : agent.needs()) {
        Edge edge = new Edge(agent.id(), need.agent(), need.condition());
        edges.add(edge);
        neededBy.computeIfAbsent(need.agent(), _ -> new ArrayList<>()).add(edge);
      }
      needs.put(agent.id(), edges);
    }
  }

  /** What an agent itself says it needs. */
  public List<Edge> needsOf(AgentId agent) {
    return needs.getOrDefault(agent, List.of());
  }

  /** Who says it needs the agent. */
  public List<Edge> neededBy(AgentId agent) {
    return neededBy.getOrDefault(agent, List.of());
  }

  /** All that must be there for the agent, nearest first. */
  public List<Reached> dependencies(AgentId agent) {
    return closure(agent, this::needsOf, Edge::to);
  }

  /** All that rests on the agent, nearest first. */
  public List<Reached> dependents(AgentId agent) {
    return closure(agent, this::neededBy, Edge::from);
  }

  private static List<Reached> closure(
      AgentId start, Function<AgentId, List<Edge>> edges, Function<Edge, AgentId> end) {
    List<Reached> reached = new ArrayList<>();
    Set<AgentId> seen = new HashSet<>(Set.of(start));
    Deque<AgentId> queue = new ArrayDeque<>(List.of(start));
    Map<AgentId, Integer> distance = new HashMap<>(Map.of(start, 0));
    while (!queue.isEmpty()) {
      AgentId at = queue.removeFirst();
      int next = distance.getOrDefault(at, 0) + 1;
      for (Edge edge : edges.apply(at)) {
        AgentId other = end.apply(edge);
        if (seen.add(other)) {
          distance.put(other, next);
          reached.add(new Reached(other, next, edge));
          queue.addLast(other);
        }
      }
    }
    return reached;
  }

  /** A condition in words: {@code healthy}, {@code log "ready"}. */
  public static String inWords(Need.Condition condition) {
    return switch (condition) {
      case Need.Started _ -> "started";
      case Need.Healthy _ -> "healthy";
      case Need.Completed _ -> "completed";
      case Need.LogLine(String text) -> "log \"" + text + "\"";
    };
  }
}
