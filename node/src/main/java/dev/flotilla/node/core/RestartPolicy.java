package dev.flotilla.node.core;

import dev.flotilla.model.Restart;
import java.time.Duration;

/** Decides what follows the end of a process nobody asked to end. Pure. */
public final class RestartPolicy {

  /** From this many failures in a row on, an agent is called a crash loop. */
  public static final int CRASH_LOOP = 4;

  private RestartPolicy() {}

  /** What follows. */
  public sealed interface Decision {

    /** Start again after the delay, which is zero for the first failure. */
    record Again(Duration delay, RestartHistory history) implements Decision {}

    /** It did its work; leave it. */
    record Done(RestartHistory history) implements Decision {}

    /** Leave it, it failed for good. */
    record GiveUp(String reason, RestartHistory history) implements Decision {}
  }

  /**
   * Decides.
   *
   * @param ranFor how long the process that ended had run
   * @param draw a random number from 0 (inclusive) to 1 (exclusive) that places the jitter
   */
  public static Decision next(
      Restart restart, RestartHistory before, Exit exit, Duration ranFor, Moment now, double draw) {
    RestartHistory recent = ranFor.compareTo(restart.resetAfter()) >= 0 ? before.stable() : before;
    if (exit.success() && restart.policy() != Restart.Policy.ALWAYS) {
      return new Decision.Done(recent.stable());
    }
    RestartHistory history = recent.failed(now);
    if (restart.policy() == Restart.Policy.NEVER) {
      return new Decision.GiveUp(exit.label() + ", and its restart policy is never", history);
    }
    if (restart.maxRestarts() > 0 && history.failures() > restart.maxRestarts()) {
      return new Decision.GiveUp(
          "%s; gave up after %d restarts in a row".formatted(exit.label(), restart.maxRestarts()),
          history);
    }
    return new Decision.Again(delay(restart, history.failures(), draw), history);
  }

  /** The wait before the start that follows the given number of failures in a row. */
  static Duration delay(Restart restart, int failures, double draw) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    double longest = (double) restart.maxBackoff().toNanos();
    double full =
        Math.min(longest, (double) restart.backoff().toNanos() * Math.pow(2, failures - 2));
    return Duration.ofNanos(Math.round(full * (1 - restart.jitter() * draw)));
  }
}
