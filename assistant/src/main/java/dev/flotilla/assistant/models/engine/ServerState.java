package dev.flotilla.assistant.models.engine;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;

/** What a node's word on a server means for the model. Pure. */
public final class ServerState {
  private ServerState() {}

  /** Whether its process has ended, or never began. */
  public static boolean isOver(AgentStatus status) {
    AgentState state = status.state();
    return state == AgentState.FAILED
        || state == AgentState.CRASH_LOOP
        || state == AgentState.STOPPED;
  }

  /** Whether it answers, or answered until a moment ago. */
  public static boolean serves(AgentStatus status) {
    AgentState state = status.state();
    return state == AgentState.HEALTHY
        || state == AgentState.RUNNING
        || state == AgentState.DEGRADED;
  }
}
