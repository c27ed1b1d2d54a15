package dev.flotilla.model;

/**
 * The identity of an agent: two machines may each run an agent of the same name.
 *
 * @param name the agent's name in the manifest, without machine
 * @param machine the name of the machine it runs on
 */
public record AgentId(String name, String machine) implements Comparable<AgentId> {

  /** Reads {@code name@machine}; without {@code @} the machine is {@code defaultMachine}. */
  public static AgentId parse(String text, String defaultMachine) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new AgentId(text, defaultMachine)
        : new AgentId(text.substring(0, at), text.substring(at + 1));
  }

  @Override
  public int compareTo(AgentId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : machine.compareTo(other.machine);
  }

  /** {@code name@machine}. */
  @Override
  public String toString() {
    return name + "@" + machine;
  }
}
