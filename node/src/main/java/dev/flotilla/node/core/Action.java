package dev.flotilla.node.core;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.StopPolicy;

/** Something the node must do now. */
public sealed interface Action {
  AgentId agent();

  /**
   * Start a process.
   *
   * @param launches how often it has then been started
   */
  record Launch(Agent what, RunId run, int launches) implements Action {
    @Override
    public AgentId agent() {
      return what.id();
    }
  }

  /** End a process and its whole tree. */
  record Terminate(Agent what, Phase.Run run, Phase.Cause cause, StopPolicy policy)
      implements Action {
    @Override
    public AgentId agent() {
      return what.id();
    }
  }
}
