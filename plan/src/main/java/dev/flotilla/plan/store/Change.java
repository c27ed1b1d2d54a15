package dev.flotilla.plan.store;

import java.util.List;

/**
 * What a writer wants: the plan's new text, the events to be appended, and what to answer.
 *
 * @param text the whole text; the same as before when only events are added
 */
public record Change<T>(String text, List<Draft> events, T answer) {
  public Change {
    events = List.copyOf(events);
  }
}
