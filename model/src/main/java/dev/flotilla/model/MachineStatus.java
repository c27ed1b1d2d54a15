package dev.flotilla.model;

import java.util.List;

/**
 * All that one node knows of its agents at one moment; what its operation {@code status} answers.
 *
 * @param fleet the fleet's name
 * @param machine the machine the node runs on
 * @param manifest changes whenever the manifest in force does
 * @param agents those of this machine, in manifest order
 */
public record MachineStatus(
    String fleet, String machine, String manifest, List<AgentStatus> agents) {
  public MachineStatus {
    agents = List.copyOf(agents);
  }
}
