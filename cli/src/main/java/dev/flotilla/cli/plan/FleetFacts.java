package dev.flotilla.cli.plan;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.plan.gate.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What gates ask of the fleet, from the running node. */
final class FleetFacts implements Facts {
  private final Context context;

  FleetFacts(Context context) {
    this.context = context;
  }

  private Optional<NodeClient> node() {
    try {
      return new Fleets(context).find();
    } catch (CommandFailure nobodyToAsk) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalDouble metric(String name) {
    return OptionalDouble.empty();
  }

  @Override
  public Optional<Duration> healthyFor() {
    return node().map(node -> healthyFor(node.status().agents(), Instant.now()));
  }

  static Duration healthyFor(List<AgentStatus> agents, Instant now) {
    Duration shortest = Duration.ofDays(36_500);
    for (AgentStatus agent : agents) {
      if (agent.required()) {
        if (agent.state() != AgentState.HEALTHY) {
          return Duration.ZERO;
        }
        Duration time = Duration.between(agent.since(), now);
        shortest = time.compareTo(shortest) < 0 ? time : shortest;
      }
    }
    return shortest;
  }

  @Override
  public OptionalInt findings(String severity) {
    return OptionalInt.empty();
  }
}
