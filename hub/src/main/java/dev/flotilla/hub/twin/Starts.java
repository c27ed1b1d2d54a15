package dev.flotilla.hub.twin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * When each agent was started and ready in the last start of the fleet. A restart after a failure
 * is not part of that start and does not count. Not thread-safe.
 */
final class Starts {
  private final Map<AgentId, CriticalPath.Start> starts = new HashMap<>();

  void see(AgentStatus status) {
    if (status.restarts() == 0) {
      status
          .startedAt()
          .ifPresent(
              started ->
                  starts.put(status.id(), new CriticalPath.Start(started, status.readyAt())));
    }
  }

  Map<AgentId, CriticalPath.Start> all() {
    return Map.copyOf(starts);
  }
}
