package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import java.time.Duration;

/** When the next question is due. Pure. */
final class ProbeSchedule {
  private static final Duration FIRST = Duration.ofMillis(4);
  private static final double GROWTH = 1.4;

  private ProbeSchedule() {}

  /**
   * The time from one question to the next: in quick succession until the agent first answers, then
   * the interval.
   *
   * @param asked questions so far, at least 1
   */
  static Duration next(Probe probe, int asked, boolean passed) {
    if (passed) {
      return probe.interval();
    }
    double quick = FIRST.toNanos() * Math.pow(GROWTH, asked - 1.0);
    return Duration.ofNanos(Math.round(Math.min(quick, (double) probe.interval().toNanos())));
  }
}
