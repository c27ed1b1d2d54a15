package dev.flotilla.assistant.door.answers;

import dev.flotilla.assistant.cache.semantic.SemanticCache;
import dev.flotilla.model.Bytes;
import java.time.Duration;

/**
 * What the door keeps of its answers.
 *
 * @param answers {@code off}, {@code exact} for requests in the same words, or {@code semantic}
 *     also for single questions that mean the same
 * @param ttl how long an answer is given again
 * @param weight most bytes of exact answers
 * @param threshold of the semantic cache: least likeness, above 0 and at most 1
 * @param anyTemperature whether answers to requests of a temperature above 0 are kept, too
 * @param redis such as {@code redis://host:6379}, where exact answers are also kept for other doors
 *     and for the time after a restart; empty for memory only
 */
public record AnswerCacheConfig(
    Kept answers,
    Duration ttl,
    Bytes weight,
    double threshold,
    boolean anyTemperature,
    String redis) {
  public static final AnswerCacheConfig OFF =
      new AnswerCacheConfig(
          Kept.OFF,
          Duration.ofMinutes(10),
          Bytes.parse("64MiB").orElseThrow(),
          SemanticCache.USUAL_THRESHOLD,
          false,
          "");

  /** Which answers are given again. */
  public enum Kept {
    OFF,
    EXACT,
    SEMANTIC
  }

  public AnswerCacheConfig {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("cache.ttl must be more than nothing");
    }
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "cache.threshold must be above 0 and at most 1, not " + threshold);
    }
  }
}
