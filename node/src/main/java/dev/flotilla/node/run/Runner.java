package dev.flotilla.node.run;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Starts and ends agents of one kind. Methods are called by one thread and return soon; what came
 * of them is told by events: {@link Event.Started} or {@link Event.Refused} for every launch, and
 * {@link Event.Gone}, after Started, when nothing of the run is left.
 */
public interface Runner {
  void launch(Action.Launch launch, Consumer<Event> events);

  void terminate(Action.Terminate order);

  /** A run was ready for the first time; kept for the next node. */
  void ready(AgentId agent, Instant at);
}
