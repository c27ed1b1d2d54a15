package dev.flotilla.node.core;

import dev.flotilla.model.AgentId;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to one agent. Events of a run that is over are ignored. */
public sealed interface Event {
  AgentId agent();

  /**
   * The ordered start succeeded.
   *
   * @param limits how its limits are kept
   */
  record Started(AgentId agent, RunId run, long pid, String limits) implements Event {}

  /**
   * The ordered start was refused.
   *
   * @param retry whether the cause may pass by itself, such as a held port
   */
  record Refused(AgentId agent, RunId run, String why, boolean retry) implements Event {}

  /** A process from before this node's start was found again. */
  record Adopted(
      AgentId agent,
      RunId run,
      long pid,
      Moment started,
      Optional<Instant> readyAt,
      int launches,
      String limits)
      implements Event {}

  /** The process ended and nothing of its tree is left. */
  record Gone(AgentId agent, RunId run, Exit exit, String lastWords) implements Event {}

  /** A probe answered or failed to. */
  record Probed(AgentId agent, RunId run, Kind kind, ProbeHistory.Answer answer) implements Event {}

  /** A line somebody waits for stood in the log. */
  record LineSeen(AgentId agent, RunId run, String text) implements Event {}

  /** Something beside the agent went wrong, or is well again when the text is empty. */
  record Trouble(AgentId agent, String text) implements Event {}

  /** What is known of an agent on another machine. */
  record SeenElsewhere(AgentId agent, boolean started, boolean ready, boolean completed)
      implements Event {}

  /** Which probe. */
  enum Kind {
    LIVENESS,
    READINESS
  }
}
