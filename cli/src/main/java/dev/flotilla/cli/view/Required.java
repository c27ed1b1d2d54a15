package dev.flotilla.cli.view;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.util.List;

/** Whether the agents a fleet cannot do without are as they should be. Pure. */
public final class Required {
  private Required() {}

  public static boolean areWell(List<AgentStatus> agents) {
    return agents.stream().filter(AgentStatus::required).allMatch(Required::isWell);
  }

  /** Up, or a task that did its work, or lazy and not asked for yet. */
  public static boolean isWell(AgentStatus agent) {
    return switch (agent.state()) {
      case HEALTHY, RUNNING -> true;
      case STOPPED -> agent.completed();
      case WAITING -> agent.awaitsDemand();
      case STARTING, DEGRADED, RESTARTING, CRASH_LOOP, FAILED -> false;
    };
  }

  /** The required agents that will not come up by themselves. */
  public static List<AgentStatus> lost(List<AgentStatus> agents) {
    return agents.stream()
        .filter(AgentStatus::required)
        .filter(a -> a.state() == AgentState.FAILED || a.state() == AgentState.CRASH_LOOP)
        .toList();
  }
}
