package dev.flotilla.node.core;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import java.util.Map;
import java.util.Optional;

/** Whether what an agent needs holds. Pure. */
public final class Needs {
  private Needs() {}

  /** The first need that does not hold. */
  public static Optional<Need> unmet(Cell cell, Map<AgentId, Cell> world) {
    for (Need need : cell.agent().needs()) {
      if (!holds(need, world)) {
        return Optional.of(need);
      }
    }
    return Optional.empty();
  }

  /** Whether one need holds now. */
  public static boolean holds(Need need, Map<AgentId, Cell> world) {
    Cell other = world.get(need.agent());
    if (other == null) {
      return false;
    }
    return switch (need.condition()) {
      case Need.Started ignored -> other.phase() instanceof Phase.Up;
      case Need.Healthy ignored -> other.ready();
      case Need.Completed ignored -> other.phase() instanceof Phase.Ended ended && ended.success();
      case Need.LogLine line ->
          other.phase() instanceof Phase.Up up && up.run().seen().contains(line.text());
    };
  }
}
