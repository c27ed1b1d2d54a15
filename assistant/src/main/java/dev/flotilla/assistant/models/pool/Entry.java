package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.util.List;

/**
 * A model as the pool needs to know it.
 *
 * @param variants what would serve, the best first, with what each would take on each card it may
 *     be on
 * @param pinned never unloaded to make room, nor for being idle
 * @param preload loaded when there is room, and kept
 * @param loadTime what loading takes: measured where that is known
 * @param parallel how many may use it at once; 0 for any number
 * @param trouble why it cannot be loaded at all; empty when it can
 */
public record Entry(
    String model,
    List<Demand.Variant> variants,
    boolean pinned,
    boolean preload,
    Duration idleTimeout,
    Duration loadTime,
    int parallel,
    String trouble) {
  public Entry {
    variants = List.copyOf(variants);
  }
}
