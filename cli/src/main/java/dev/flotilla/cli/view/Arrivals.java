package dev.flotilla.cli.view;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line for every agent that came up, or went wrong, since it was asked last. Not thread-safe.
 */
public final class Arrivals {
  private final Map<AgentId, AgentState> told = new HashMap<>();

  public List<String> lines(List<AgentStatus> agents, Duration taken) {
    Names names = Names.of(agents);
    List<String> lines = new ArrayList<>();
    for (AgentStatus agent : agents) {
      boolean worth =
          switch (agent.state()) {
            case HEALTHY, RUNNING, DEGRADED, RESTARTING, CRASH_LOOP, FAILED -> true;
            case STOPPED -> agent.completed();
            case WAITING, STARTING -> false;
          };
      if (worth && agent.state() != told.put(agent.id(), agent.state())) {
        lines.add(
            String.format("%8s  ", Spans.text(taken))
                + names.of(agent.id())
                + " "
                + agent.state().label()
                + (agent.reason().isEmpty() ? "" : ": " + agent.reason()));
      }
    }
    return lines;
  }
}
