package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;

/**
 * A model that is on a card, or on its way there or away.
 *
 * @param variant which of the model's variants
 * @param held what it takes there: measured where that is known, else estimated
 * @param leases how many requests use it now; it is never unloaded while this is over 0
 * @param lastUsed when its last lease ended, or when it was loaded
 * @param reload how long loading it again would take
 * @param likelihood how soon it is wanted again, as {@link Reuse} tells
 */
public record Resident(
    String model,
    String variant,
    CardId card,
    Bytes held,
    Phase phase,
    int leases,
    boolean pinned,
    Instant lastUsed,
    Duration reload,
    double likelihood) {

  /** Where it is in its life. */
  public enum Phase {
    LOADING,
    READY,
    UNLOADING
  }

  /** Whether it may be taken away now. */
  public boolean evictable() {
    return phase == Phase.READY && leases == 0 && !pinned;
  }

  /** The same as if nobody used it. */
  Resident asIfUnused() {
    return new Resident(model, variant, card, held, phase, 0, pinned, lastUsed, reload, likelihood);
  }

  /** What it would cost to take it away: seconds of loading to be expected for each byte freed. */
  double regret() {
    double seconds = reload.toNanos() / 1e9;
    return seconds * likelihood / Math.max(1, held.count());
  }
}
