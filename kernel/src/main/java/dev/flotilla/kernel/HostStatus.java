package dev.flotilla.kernel;

import java.util.List;
import java.util.Optional;

/**
 * What the operations {@code start}, {@code stop} and {@code status} of a host answer.
 *
 * @param agents in the order of the manifest
 */
public record HostStatus(String group, long pid, List<Hosted> agents) {
  public HostStatus {
    agents = List.copyOf(agents);
  }

  /** Where a hosted service is in its life. */
  public enum State {
    STARTING,
    RUNNING,
    STOPPED,
    /** Its start failed; the reason says why. */
    FAILED
  }

  /**
   * One agent of the group.
   *
   * @param agent its name in the manifest, without machine
   * @param service what {@code service:} says
   * @param reason why it is not well; empty when there is nothing to say
   * @param health {@code ok}, {@code degraded} or {@code down}, while it runs
   * @param port its HTTP listener, while it runs and has one
   */
  public record Hosted(
      String agent,
      String service,
      State state,
      String reason,
      Optional<String> health,
      Optional<Integer> port) {}

  /** Asks for one agent of the group by its name in the manifest. */
  public record Which(String agent) {}
}
