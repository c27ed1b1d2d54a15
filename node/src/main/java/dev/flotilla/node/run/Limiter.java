package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import dev.flotilla.node.process.SpawnException;
import java.util.List;

/** Keeps an agent within its limits. */
public interface Limiter {

  /**
   * A command that starts within limits.
   *
   * @param argv in place of the agent's own; the program replaces itself by the agent's, so that
   *     the pid stays
   * @param description how the limits are kept, for people; empty when there are none
   */
  record Placed(List<String> argv, String description) {
    public Placed {
      argv = List.copyOf(argv);
    }
  }

  Placed place(Agent agent, List<String> argv) throws SpawnException;

  /** The run is over. */
  void release(Agent agent);

  /** How the agent's limits are kept, for people; empty when it has none. */
  String describe(Agent agent);

  /** Keeps no limits. */
  static Limiter none() {
    return new Limiter() {
      @Override
      public Placed place(Agent agent, List<String> argv) {
        return new Placed(argv, "");
      }

      @Override
      public void release(Agent agent) {}

      @Override
      public String describe(Agent agent) {
        return "";
      }
    };
  }
}
