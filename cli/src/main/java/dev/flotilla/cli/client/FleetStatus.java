package dev.flotilla.cli.client;

import dev.flotilla.model.AgentStatus;
import java.util.List;
import java.util.Optional;

/**
 * Every agent of a fleet on this machine as its node sees it now.
 *
 * @param trouble what is wrong with the node itself
 */
public record FleetStatus(String fleet, Optional<String> trouble, List<AgentStatus> agents) {
  public FleetStatus(String fleet, List<AgentStatus> agents) {
    this(fleet, Optional.empty(), agents);
  }

  public FleetStatus {
    agents = List.copyOf(agents);
  }
}
