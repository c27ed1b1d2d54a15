package dev.flotilla.cli.client;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import java.util.List;
import java.util.Optional;

/** The words for a service that nobody of a running fleet gives. Pure. */
final class ServiceAbsent {
  private ServiceAbsent() {}

  /**
   * Why nobody answers.
   *
   * @param fleet that runs
   * @param manifest its file; empty for the built-in fleet
   * @return empty when an agent that gives the service runs, so that this is not the reason
   */
  static Optional<CommandFailure> why(
      String service, Fleet fleet, List<AgentStatus> agents, Optional<String> manifest) {
    List<Agent> givers =
        fleet.agents().values().stream().filter(agent -> gives(agent, service)).toList();
    if (givers.isEmpty()) {
      return Optional.of(
          CommandFailure.of(
              "the fleet \"%s\" runs without %s".formatted(fleet.name(), service),
              "an agent with service: " + service,
              "Add %s: {service: %s} to the agents of %s, then: flotilla up"
                  .formatted(service, service, manifest.orElse("a fleet.yaml of your own"))));
    }
    List<AgentStatus> known =
        agents.stream()
            .filter(status -> givers.stream().anyMatch(g -> g.id().equals(status.id())))
            .toList();
    boolean runs =
        known.isEmpty()
            || known.stream()
                .anyMatch(
                    status ->
                        switch (status.state()) {
                          case RUNNING, HEALTHY, DEGRADED -> true;
                          case WAITING, STARTING, RESTARTING, CRASH_LOOP, FAILED, STOPPED -> false;
                        });
    return runs ? Optional.empty() : Optional.of(down(service, fleet, known.getFirst()));
  }

  private static boolean gives(Agent agent, String service) {
    return agent.launch() instanceof Launch.Service launch && launch.name().equals(service);
  }

  private static CommandFailure down(String service, Fleet fleet, AgentStatus status) {
    String name = fleet.shortName(status.id());
    return CommandFailure.of(
        (name.equals(service) ? name : name + ", the fleet's " + service + ",")
            + (status.reason().isEmpty()
                ? " is " + status.state().label()
                : " does not run: " + status.reason()),
        service + " running",
        switch (status.state()) {
          case STOPPED -> "Start it: flotilla start " + name;
          case WAITING, STARTING -> "Ask again when flotilla status shows it healthy.";
          case RUNNING, HEALTHY, DEGRADED, RESTARTING, CRASH_LOOP, FAILED ->
              "See why: flotilla logs " + name;
        });
  }
}
