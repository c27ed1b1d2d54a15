package dev.flotilla.assistant.jobs;

import java.time.Duration;

/** How long a job rests after a failure. */
final class Backoff {
  static final Duration LONGEST = Duration.ofHours(1);

  private Backoff() {}

  /**
   * {@code first × 2^(attempts − 1)}, shortened by up to a fifth so that jobs that failed together
   * do not come back together.
   *
   * @param attempts how many have failed, at least 1
   * @param random from 0 to 1
   */
  static Duration after(int attempts, Duration first, double random) {
    double factor = Math.pow(2, Math.min(attempts - 1, 40));
    double millis = Math.min(first.toMillis() * factor, (double) LONGEST.toMillis());
    return Duration.ofMillis(Math.round(millis * (1 - 0.2 * random)));
  }
}
