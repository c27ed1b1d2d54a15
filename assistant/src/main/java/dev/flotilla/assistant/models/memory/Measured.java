package dev.flotilla.assistant.models.memory;

import dev.flotilla.model.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * What models were seen to take, over what they were estimated to take. A new measurement counts
 * for half, so that one odd reading does not stay. Immutable.
 *
 * @param factors measured ÷ estimated by card, model and context
 */
public record Measured(Map<Key, Double> factors) {
  private static final double WEIGHT = 0.5;

  /** A factor outside of this is a wrong reading, not a wrong estimate. */
  private static final double LEAST = 0.25;

  private static final double MOST = 4;

  public static final Measured NOTHING = new Measured(Map.of());

  public Measured {
    factors = Map.copyOf(factors);
  }

  /**
   * @param card as {@code machine/index}
   * @param variant which of the model's variants
   */
  public record Key(String card, String model, String variant, long context) {}

  public Estimate correct(Key key, Estimate estimate) {
    return estimate.corrected(factors.getOrDefault(key, 1.0));
  }

  /** These factors with one more reading; {@code estimate} is taken without its correction. */
  public Measured with(Key key, Estimate estimate, Bytes seen) {
    double raw = estimate.corrected(1).total().count();
    if (raw <= 0 || seen.count() <= 0) {
      return this;
    }
    double factor = Math.clamp(seen.count() / raw, LEAST, MOST);
    Map<Key, Double> more = new HashMap<>(factors);
    more.merge(key, factor, (before, now) -> before * (1 - WEIGHT) + now * WEIGHT);
    return new Measured(more);
  }
}
