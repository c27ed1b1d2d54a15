package dev.flotilla.cli.view;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The agents of a fleet, one a row. */
public final class StatusTable {
  private StatusTable() {}

  public static Table of(List<AgentStatus> agents, Instant now) {
    Names names = Names.of(agents);
    Table table =
        new Table(
            Column.left("AGENT"),
            Column.left("STATE"),
            Column.left("GROUP").worth(1),
            Column.right("PID").worth(2),
            Column.left("PORTS").worth(4),
            Column.right("FOR").worth(5),
            Column.right("RESTARTS").worth(3),
            Column.left("REASON"));
    for (AgentStatus agent : agents) {
      table.row(
          new Cell(names.of(agent.id()), Style.BOLD),
          new Cell(
              StateStyle.sign(agent.state()) + " " + agent.state().label(),
              StateStyle.style(agent.state())),
          new Cell(agent.group(), Style.DIM),
          Cell.of(agent.pid().map(String::valueOf).orElse("")),
          Cell.of(ports(agent.ports())),
          Cell.of(Spans.text(Duration.between(agent.since(), now))),
          agent.restarts() == 0
              ? new Cell("0", Style.DIM)
              : new Cell(Integer.toString(agent.restarts()), Style.YELLOW),
          Cell.of(reason(agent, now)));
    }
    return table;
  }

  private static String reason(AgentStatus agent, Instant now) {
    boolean optionalAndDown =
        !agent.required()
            && switch (agent.state()) {
              case CRASH_LOOP, FAILED, DEGRADED, RESTARTING -> true;
              case WAITING, STARTING, RUNNING, HEALTHY, STOPPED -> false;
            };
    String again =
        agent
            .startsAgain()
            .map(at -> now.isBefore(at) ? "in " + Spans.text(Duration.between(now, at)) : "now")
            .map(when -> "starts again " + when + "; ")
            .orElse("");
    return (optionalAndDown ? "optional; " : "") + again + agent.reason();
  }

  /** The main port bare, the others with their names. */
  static String ports(Map<String, Integer> ports) {
    return ports.entrySet().stream()
        .map(
            p ->
                p.getKey().equals(Agent.MAIN_PORT)
                    ? "" + p.getValue()
                    : p.getKey() + " " + p.getValue())
        .collect(Collectors.joining(", "));
  }

  /** How many are in which state, the good first: {@code 12 healthy, 1 waiting}. */
  public static String summary(List<AgentStatus> agents) {
    Map<AgentState, Long> counts =
        agents.stream().collect(Collectors.groupingBy(AgentStatus::state, Collectors.counting()));
    List<AgentState> order =
        List.of(
            AgentState.HEALTHY,
            AgentState.RUNNING,
            AgentState.STARTING,
            AgentState.WAITING,
            AgentState.DEGRADED,
            AgentState.RESTARTING,
            AgentState.CRASH_LOOP,
            AgentState.FAILED,
            AgentState.STOPPED);
    return order.stream()
        .filter(counts::containsKey)
        .map(state -> counts.get(state) + " " + state.label())
        .collect(Collectors.joining(", "));
  }
}
