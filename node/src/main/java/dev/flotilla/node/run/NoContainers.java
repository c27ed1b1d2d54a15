package dev.flotilla.node.run;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import java.time.Instant;
import java.util.function.Consumer;

/** Refuses containers on a machine without a container engine, saying where one was looked for. */
public final class NoContainers implements Runner {
  private final String where;

  /**
   * @param where engines were looked for
   */
  public NoContainers(String where) {
    this.where = where;
  }

  @Override
  public void launch(Action.Launch launch, Consumer<Event> events) {
    events.accept(
        new Event.Refused(
            launch.agent(),
            launch.run(),
            "no container engine found at "
                + where
                + "; install one, or give the agent a command: in place of its image:",
            false));
  }

  @Override
  public void terminate(Action.Terminate order) {}

  @Override
  public void ready(AgentId agent, Instant at) {}
}
