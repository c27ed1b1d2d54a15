package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import java.util.List;
import java.util.Map;

/**
 * Somebody wants a model.
 *
 * @param variants what would serve, the best first
 * @param preload wanted ahead of any request: takes free memory only, never another model's place
 * @param worth seconds of loading to be expected if it had to leave again: its load time × how soon
 *     it is wanted again, as {@link Reuse} tells
 */
public record Demand(String model, List<Variant> variants, boolean preload, double worth) {
  public Demand(String model, List<Variant> variants, boolean preload) {
    this(model, variants, preload, 0);
  }

  public Demand {
    variants = List.copyOf(variants);
  }

  /**
   * One way to have the model.
   *
   * @param estimates what it would take, for each card it may be loaded on
   */
  public record Variant(String name, Map<CardId, Estimate> estimates) {
    public Variant {
      estimates = Map.copyOf(estimates);
    }
  }
}
