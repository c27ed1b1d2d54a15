package dev.flotilla.model.check;

import java.util.Set;

/**
 * Which ports a machine keeps for itself.
 *
 * @param firstFree ports below need rights that this user lacks; 0 when there are none
 * @param ephemeralFrom the first port that the machine gives to outgoing connections
 * @param ephemeralTo the last of them; below the first when there are none
 * @param spared ports among these that it leaves alone
 */
public record PortRules(int firstFree, int ephemeralFrom, int ephemeralTo, Set<Integer> spared) {
  /** Every port may be had. */
  public static final PortRules NONE = new PortRules(0, 1, 0, Set.of());

  public PortRules {
    spared = Set.copyOf(spared);
  }

  boolean privileged(int port) {
    return port < firstFree;
  }

  boolean ephemeral(int port) {
    return port >= ephemeralFrom && port <= ephemeralTo && !spared.contains(port);
  }
}
