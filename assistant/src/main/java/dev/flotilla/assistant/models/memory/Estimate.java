package dev.flotilla.assistant.models.memory;

import dev.flotilla.model.Bytes;
import java.util.Locale;

/**
 * How much memory a model will take on a card, by part.
 *
 * @param weights the model itself
 * @param cache keys and values of the whole context
 * @param buffers what the engine needs to compute, and to be there at all
 * @param correction what was measured over what was estimated for this model, context and card; 1
 *     when nothing has been measured
 */
public record Estimate(Bytes weights, Bytes cache, Bytes buffers, double correction) {

  public Bytes total() {
    double sum = (double) weights.count() + cache.count() + buffers.count();
    return new Bytes(Math.round(sum * correction));
  }

  /** The same parts, corrected by what was measured. */
  public Estimate corrected(double factor) {
    return new Estimate(weights, cache, buffers, factor);
  }

  /** The sum as a person would write it down. */
  public String arithmetic() {
    boolean known = cache.count() > 0 || buffers.count() > 0;
    String sum =
        known
            ? "%s weights + %s cache + %s buffers".formatted(weights, cache, buffers)
            : weights + " declared";
    if (correction == 1) {
      return known ? sum + " = " + total() : sum;
    }
    return "%s × %s measured = %s"
        .formatted(
            known ? "(" + sum + ")" : sum, String.format(Locale.ROOT, "%.2f", correction), total());
  }
}
