package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.view.Names;
import dev.flotilla.cli.view.Required;
import dev.flotilla.cli.view.Spans;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why a fleet is not up, in words. Pure. */
final class StartFailure {
  private static final int MOST_NAMED = 5;

  private StartFailure() {}

  static Problem of(FleetStatus status, Duration taken) {
    Names names = Names.of(status.agents());
    List<AgentStatus> lost = Required.lost(status.agents());
    List<AgentStatus> absent =
        lost.isEmpty()
            ? status.agents().stream()
                .filter(AgentStatus::required)
                .filter(agent -> !Required.isWell(agent))
                .toList()
            : lost;
    String named =
        absent.stream()
            .limit(MOST_NAMED)
            .map(agent -> names.of(agent.id()) + " is " + agent.state().label() + reason(agent))
            .collect(Collectors.joining("; "));
    String more =
        absent.size() > MOST_NAMED ? "; and " + (absent.size() - MOST_NAMED) + " more" : "";
    String first = absent.isEmpty() ? "" : " " + names.of(absent.getFirst().id());
    return Problem.error(
        new Position("", 0, 0),
        named + more,
        "every required agent healthy (" + Spans.text(taken) + " have passed)",
        "Look at its log: flotilla logs"
            + first
            + ". What runs goes on; to end it: flotilla down.");
  }

  private static String reason(AgentStatus agent) {
    return agent.reason().isEmpty() ? "" : " (" + agent.reason() + ")";
  }
}
