package dev.flotilla.model;

import java.util.Locale;

/** What an agent is seen to be. */
public enum AgentState {
  /** Something it needs does not hold yet, or it is lazy and nobody asked for it. */
  WAITING,
  /** Its process was started; it has not been ready yet. */
  STARTING,
  /** Its process runs, and it has no probe. */
  RUNNING,
  /** Its readiness probe passes. */
  HEALTHY,
  /** It runs and is not ready, or an agent it needs is not. */
  DEGRADED,
  /** It ended or hung and will be started again. */
  RESTARTING,
  /** It keeps ending soon after its start; restarts go on at the longest back-off. */
  CRASH_LOOP,
  /** It ended for good, or it could not be started; the reason says what helps. */
  FAILED,
  /** It is not meant to run, or it ended as it should. */
  STOPPED;

  /** As written in JSON and shown to people: {@code crash-loop}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
