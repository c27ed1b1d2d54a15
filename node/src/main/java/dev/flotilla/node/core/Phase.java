package dev.flotilla.node.core;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Where an agent stands in its life on this machine. */
public sealed interface Phase {

  /** Nothing runs; it starts when it is wanted and its needs hold. */
  record Idle() implements Phase {}

  /** It ended and starts again at the given moment. */
  record Delayed(Moment until) implements Phase {}

  /** It could not be started for a reason outside of it; asked again at the given moment. */
  record Blocked(Moment until, String why) implements Phase {}

  /** A start was ordered and not yet answered. */
  record Launching(RunId run, Moment since) implements Phase {}

  /** A process runs. */
  record Up(Run run) implements Phase {}

  /** Its process was told to end. */
  record Leaving(Run run, Cause cause, Moment since) implements Phase {}

  /** It ended and is not started again unless somebody asks. */
  record Ended(boolean success, String why) implements Phase {}

  /** Why a process was told to end. */
  enum Cause {
    /** It is not wanted any more. */
    UNWANTED,
    /** Somebody asked for a restart. */
    RESTART,
    /** The manifest changed what is to run. */
    CHANGED,
    /** Its liveness probe failed. */
    HUNG
  }

  /**
   * A running process.
   *
   * @param id in its environment
   * @param pid of the process, or of the JVM that hosts it
   * @param started when
   * @param readyAt when it first was ready
   * @param liveness what the liveness probe saw
   * @param readiness what the readiness probe saw; the liveness probe where it answers for both
   * @param seen the lines of its log somebody waits for and that have come
   * @param limits how its limits are kept, empty when it has none
   */
  record Run(
      RunId id,
      long pid,
      Moment started,
      Optional<Instant> readyAt,
      ProbeHistory liveness,
      ProbeHistory readiness,
      Set<String> seen,
      String limits) {
    public Run {
      seen = Set.copyOf(seen);
    }

    public static Run started(RunId id, long pid, Moment now, String limits) {
      return new Run(
          id, pid, now, Optional.empty(), ProbeHistory.NONE, ProbeHistory.NONE, Set.of(), limits);
    }
  }
}
