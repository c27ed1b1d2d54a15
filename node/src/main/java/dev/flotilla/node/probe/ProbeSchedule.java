package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import java.time.Duration;

/** When the next question is due. Pure. */
final class ProbeSchedule {
  private static final Duration FIRST = Duration.ofMillis(4);
  private static final double GROWTH = 1.4;
  private static final long PARTS = 5;

  private ProbeSchedule() {}

  /**
   * When to ask next, on the monotonic clock: in quick succession until the agent first answers,
   * then once an interval. At that pace questions are due on the full fifth of an interval, so that
   * many are asked in one waking and not all at once.
   *
   * @param asked questions so far, at least 1
   * @param start when the last one was asked
   */
  static long next(Probe probe, int asked, boolean passed, long start) {
    long interval = probe.interval().toNanos();
    if (!passed) {
      double quick = FIRST.toNanos() * Math.pow(GROWTH, asked - 1.0);
      return start + Math.round(Math.min(quick, (double) interval));
    }
    long grid = Math.max(1, interval / PARTS);
    return Math.floorDiv(start + interval, grid) * grid;
  }
}
