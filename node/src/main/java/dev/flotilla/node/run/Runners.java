package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Hands each agent to the runner of its kind.
 *
 * @param commands for processes
 * @param services for Flotilla's own
 * @param images for containers
 */
public record Runners(Runner commands, Runner services, Runner images) implements Runner {

  @Override
  public void launch(Action.Launch launch, Consumer<Event> events) {
    of(launch.what()).launch(launch, events);
  }

  @Override
  public void terminate(Action.Terminate order) {
    of(order.what()).terminate(order);
  }

  @Override
  public void ready(AgentId agent, Instant at) {
    commands.ready(agent, at);
    services.ready(agent, at);
    images.ready(agent, at);
  }

  private Runner of(Agent agent) {
    return switch (agent.launch()) {
      case Launch.Command ignored -> commands;
      case Launch.Service ignored -> services;
      case Launch.Image ignored -> images;
    };
  }
}
