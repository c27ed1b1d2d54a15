package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a failure reaches. An agent that needs another healthy breaks when that one is down or
 * broken itself; one that needs it only started breaks when it is down; one that needed its
 * completion or a line of its log runs on and would wait at its next start. Pure.
 */
public final class Cascade {
  private final Fleet fleet;
  private final Dependencies dependencies;
  private final Map<AgentId, Effect> effects = new LinkedHashMap<>();
  private final Deque<AgentId> queue = new ArrayDeque<>();

  private Cascade(Fleet fleet) {
    this.fleet = fleet;
    this.dependencies = new Dependencies(fleet);
  }

  /**
   * What the failure of some agents does to all others, in the order of {@link Effect#ORDER}.
   *
   * @param failed agents of the fleet; they are not among the effects
   */
  public static List<Effect> of(Fleet fleet, Set<AgentId> failed) {
    return new Cascade(fleet).spread(failed);
  }

  private List<Effect> spread(Set<AgentId> failed) {
    queue.addAll(failed);
    Set<AgentId> down = new HashSet<>(failed);
    while (!queue.isEmpty()) {
      AgentId at = queue.removeFirst();
      for (Dependencies.Edge edge : dependencies.neededBy(at)) {
        if (!down.contains(edge.from())) {
          kind(edge.condition(), down.contains(at)).ifPresent(kind -> strike(edge, kind));
        }
      }
    }
    return effects.values().stream().sorted(Effect.ORDER).toList();
  }

  private static Optional<Effect.Kind> kind(Need.Condition condition, boolean down) {
    return switch (condition) {
      case Need.Healthy _ -> Optional.of(Effect.Kind.BREAKS);
      case Need.Started _ -> down ? Optional.of(Effect.Kind.BREAKS) : Optional.empty();
      case Need.Completed _, Need.LogLine _ ->
          down ? Optional.of(Effect.Kind.NEXT_START_WAITS) : Optional.empty();
    };
  }

  private void strike(Dependencies.Edge edge, Effect.Kind kind) {
    Effect known = effects.get(edge.from());
    Agent agent = fleet.agents().get(edge.from());
    if (agent == null || (known != null && known.kind().compareTo(kind) <= 0)) {
      return;
    }
    Effect before = effects.get(edge.to());
    List<AgentId> path = new ArrayList<>(before == null ? List.of(edge.to()) : before.path());
    path.add(edge.from());
    String need =
        "needs %s %s".formatted(fleet.shortName(edge.to()), Dependencies.inWords(edge.condition()));
    effects.put(
        edge.from(),
        new Effect(agent.id(), agent.group(), agent.required(), kind, path.size() - 1, path, need));
    if (kind == Effect.Kind.BREAKS) {
      queue.addLast(edge.from());
    }
  }
}
