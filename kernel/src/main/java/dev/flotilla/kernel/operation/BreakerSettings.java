package dev.flotilla.kernel.operation;

import java.time.Duration;

/**
 * When calls to a target stop for a while.
 *
 * @param failures in a row that open the breaker
 * @param open how long it then refuses every call
 * @param trials calls let through after that; it closes when all of them succeed, and opens again
 *     with the first that fails
 */
public record BreakerSettings(int failures, Duration open, int trials) {
  public static final BreakerSettings DEFAULT = new BreakerSettings(5, Duration.ofSeconds(30), 3);

  public BreakerSettings {
    if (failures < 1 || trials < 1 || !open.isPositive()) {
      throw new IllegalArgumentException(
          "breaker has failures %d, open %s, trials %d; all must be above 0"
              .formatted(failures, open, trials));
    }
  }
}
