package dev.flotilla.plan.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;

/** An event before the store gives it its number, id and time. */
public record Draft(Kind kind, int phase, String title, ObjectNode data) {
  /** About the whole plan. */
  public static Draft of(Kind kind) {
    return new Draft(kind, -1, "", EventLog.data());
  }

  public static Draft of(Kind kind, ObjectNode data) {
    return new Draft(kind, -1, "", data);
  }
}
