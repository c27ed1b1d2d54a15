package dev.flotilla.assistant.models.pool;

import java.time.Duration;

/**
 * How the pool is run.
 *
 * @param mostModels how many may be loaded at once, at least 1
 * @param patience who waits longer than this has others stand back
 * @param predict whether the likely next model is loaded ahead, into free memory only
 * @param confidence the least share of the past a model must have been next to be loaded ahead
 */
public record Rules(int mostModels, Duration patience, boolean predict, double confidence) {
  public static final Rules DEFAULT =
      new Rules(Integer.MAX_VALUE, Duration.ofSeconds(10), false, 0.6);

  public Rules {
    if (mostModels < 1) {
      throw new IllegalArgumentException("the most models must be >= 1, found " + mostModels);
    }
  }
}
