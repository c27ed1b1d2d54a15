package dev.flotilla.model;

import java.time.Duration;

/**
 * When and how fast an agent that ended is started again. The first failure restarts at once, then
 * {@code backoff × 2ⁿ} up to {@code maxBackoff}, each shortened at random by up to {@code jitter}.
 *
 * @param policy which ends are followed by a start
 * @param backoff wait before the second restart
 * @param maxBackoff longest wait
 * @param jitter from 0 to 1
 * @param resetAfter a run this long forgets earlier failures
 * @param maxRestarts in a row before the agent counts as failed; 0 for no limit
 */
public record Restart(
    Policy policy,
    Duration backoff,
    Duration maxBackoff,
    double jitter,
    Duration resetAfter,
    int maxRestarts) {

  /** Which ends are followed by a start. */
  public enum Policy {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }

  public static final Restart DEFAULT =
      new Restart(
          Policy.ALWAYS,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          0.2,
          Duration.ofMinutes(1),
          0);
}
