package dev.flotilla.plan.store;

import dev.flotilla.plan.Plan;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.History;

/** A plan as it is on disk, with its log. */
public record Stored(Plan plan, EventLog log, History history) {
  static Stored of(Plan plan, EventLog log) {
    return new Stored(plan, log, History.of(plan, log));
  }
}
