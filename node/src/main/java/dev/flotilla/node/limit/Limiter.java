package dev.flotilla.node.limit;

import dev.flotilla.model.Agent;
import dev.flotilla.node.process.SpawnException;
import java.util.List;
import java.util.Optional;

/** Keeps agents within their limits. */
public interface Limiter {

  /**
   * How one agent starts within its limits.
   *
   * @param wrapper put in front of its command; replaces itself by it, so that the pid stays
   * @param description how the limits are kept, for people; empty when there are none
   */
  record Placed(List<String> wrapper, String description) {
    static final Placed FREE = new Placed(List.of(), "");

    public Placed {
      wrapper = List.copyOf(wrapper);
    }
  }

  /** Prepares the limits of an agent that is about to start. */
  Placed place(Agent agent) throws SpawnException;

  /**
   * The run is over.
   *
   * @return what the limits did to it, such as that memory ran out
   */
  Optional<String> release(Agent agent);

  /** How the agent's limits are kept, for people; empty when it has none. */
  String describe(Agent agent);

  /** What this machine can keep and by what, for people. */
  String summary();

  /** Keeps no limits. */
  static Limiter none() {
    return new Limiter() {
      @Override
      public Placed place(Agent agent) {
        return Placed.FREE;
      }

      @Override
      public Optional<String> release(Agent agent) {
        return Optional.empty();
      }

      @Override
      public String describe(Agent agent) {
        return "";
      }

      @Override
      public String summary() {
        return "none";
      }
    };
  }
}
