package dev.flotilla.node.core;

import java.util.Optional;

/**
 * What restart decisions look back on.
 *
 * @param launches how often a process was started since the node first started the agent
 * @param failures ends in a row without a stable run between them
 * @param firstFailure when the row began
 */
public record RestartHistory(int launches, int failures, Optional<Moment> firstFailure) {
  public static final RestartHistory NONE = new RestartHistory(0, 0, Optional.empty());

  /** How often it was started again. */
  public int restarts() {
    return Math.max(0, launches - 1);
  }

  public RestartHistory launched() {
    return new RestartHistory(launches + 1, failures, firstFailure);
  }

  /** With one more failure. */
  public RestartHistory failed(Moment now) {
    return new RestartHistory(launches, failures + 1, Optional.of(firstFailure.orElse(now)));
  }

  /** With the failures forgotten. */
  public RestartHistory stable() {
    return new RestartHistory(launches, 0, Optional.empty());
  }
}
