package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.answers.AnswerCacheConfig;
import java.time.Duration;

/**
 * Every key of {@code config} of RequestCoordinator.
 *
 * @param mostAtOnce requests that are answered at the same time
 * @param mostWaiting requests that wait for their turn; more are sent away
 * @param patience how long a request may take that says nothing of it
 * @param drain how long requests under way may go on at a stop
 * @param requireKey whether every request must have a key; else those without one come in as {@code
 *     local}
 * @param cache which answers are given again; none unless said
 */
public record DoorConfig(
    int mostAtOnce,
    int mostWaiting,
    Duration patience,
    Duration drain,
    boolean requireKey,
    AnswerCacheConfig cache) {
  public static final DoorConfig DEFAULTS =
      new DoorConfig(
          2_500,
          1_000,
          Duration.ofMinutes(10),
          Duration.ofSeconds(8),
          false,
          AnswerCacheConfig.OFF);

  public DoorConfig {
    if (mostAtOnce < 1 || mostWaiting < 0) {
      throw new IllegalArgumentException(
          "mostAtOnce must be at least 1 and mostWaiting at least 0, found "
              + mostAtOnce
              + " and "
              + mostWaiting);
    }
  }
}
