package dev.flotilla.node.core;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How many agents wait one behind the other for an agent. Pure. */
final class Chains {
  private Chains() {}

  /** The length of the longest chain behind each agent; none where nobody needs it. */
  static Map<AgentId, Integer> behind(Map<AgentId, Cell> world) {
    Map<AgentId, Integer> open = new HashMap<>();
    for (Cell cell : world.values()) {
      for (Need need : cell.agent().needs()) {
        open.merge(need.agent(), 1, Integer::sum);
      }
    }
    Deque<Cell> known = new ArrayDeque<>();
    world.values().stream().filter(cell -> !open.containsKey(cell.id())).forEach(known::add);
    Map<AgentId, Integer> behind = new HashMap<>();
    while (!known.isEmpty()) {
      Cell cell = known.remove();
      int length = behind.getOrDefault(cell.id(), 0) + 1;
      for (Need need : cell.agent().needs()) {
        behind.merge(need.agent(), length, Math::max);
        Cell other = world.get(need.agent());
        if (open.merge(need.agent(), -1, Integer::sum) == 0 && other != null) {
          known.add(other);
        }
      }
    }
    return behind;
  }
}
