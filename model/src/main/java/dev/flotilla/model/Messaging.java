package dev.flotilla.model;

import java.time.Duration;

/**
 * How the fleet's agents talk: how long a call waits, when calls stop for a while, and how many
 * small messages go together.
 *
 * @param timeout how long a call waits for its answer when its caller does not say
 */
public record Messaging(Duration timeout, Breaker breaker, Batch batch) {
  public static final Messaging DEFAULT =
      new Messaging(Duration.ofSeconds(5), Breaker.DEFAULT, Batch.DEFAULT);

  public Messaging {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("calls wait %s; must be above 0".formatted(timeout));
    }
  }

  /**
   * When calls to a target stop for a while.
   *
   * @param failures in a row that open the breaker
   * @param open how long it then refuses every call
   * @param trials calls let through after that; it closes when all of them succeed, and opens again
   *     with the first that fails
   */
  public record Breaker(int failures, Duration open, int trials) {
    public static final Breaker DEFAULT = new Breaker(5, Duration.ofSeconds(30), 3);

    public Breaker {
      if (failures < 1 || trials < 1 || !open.isPositive()) {
        throw new IllegalArgumentException(
            "breaker has failures %d, open %s, trials %d; all must be above 0"
                .formatted(failures, open, trials));
      }
    }
  }

  /**
   * How many messages go together.
   *
   * @param messages in a batch, at least 1
   * @param delay longest that a message waits for others
   */
  public record Batch(int messages, Duration delay) {
    public static final Batch DEFAULT = new Batch(100, Duration.ofMillis(50));

    public Batch {
      if (messages < 1 || !delay.isPositive()) {
        throw new IllegalArgumentException(
            "batch of at most %d within %s; both must be above 0".formatted(messages, delay));
      }
    }
  }
}
