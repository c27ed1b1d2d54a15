package dev.flotilla.cli.client;

import dev.flotilla.model.AgentStatus;
import java.util.List;

/** Every agent of a fleet on this machine as its node sees it now. */
public record FleetStatus(String fleet, List<AgentStatus> agents) {
  public FleetStatus {
    agents = List.copyOf(agents);
  }
}
