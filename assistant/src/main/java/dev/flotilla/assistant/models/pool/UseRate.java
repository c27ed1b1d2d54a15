package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each model is wanted, with the past counting less the longer it is gone: a use counts 1
 * now and ½ after one half-life. Immutable.
 */
public record UseRate(Duration halfLife, Map<String, Score> scores) {

  /** A model's uses, weighed as of one moment. */
  public record Score(double uses, Instant at) {}

  public UseRate {
    scores = Map.copyOf(scores);
  }

  public static UseRate of(Duration halfLife) {
    return new UseRate(halfLife, Map.of());
  }

  public UseRate used(String model, Instant now) {
    Map<String, Score> next = new HashMap<>(scores);
    next.put(model, new Score(likelihood(model, now) + 1, now));
    return new UseRate(halfLife, next);
  }

  /** Weighed uses of a model; 0 for one that was never used. */
  public double likelihood(String model, Instant now) {
    Score score = scores.get(model);
    if (score == null) {
      return 0;
    }
    double age = Math.max(0, Duration.between(score.at(), now).toNanos());
    return score.uses() * Math.pow(0.5, age / halfLife.toNanos());
  }
}
