package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the pool knows of one model. Immutable.
 *
 * @param since when it came into its state
 * @param place where it is or is to be; empty while it is absent or failed
 * @param address where it serves; empty until it does
 * @param lastUsed when its last lease ended, or when it was loaded
 * @param pinned by somebody while the service runs, beside what the manifest says
 * @param wanted somebody asked for it to be loaded without using it yet
 * @param predicted it was loaded ahead and has not been used since
 * @param draining nobody new may use it, since somebody waits for its place
 * @param failures in a row
 * @param retryAt when a failed model may be tried again
 * @param reason why it is in its state, for people
 */
record Slot(
    String model,
    ModelState state,
    Instant since,
    Optional<Place> place,
    String address,
    Instant lastUsed,
    boolean pinned,
    boolean wanted,
    boolean predicted,
    boolean draining,
    int failures,
    Instant retryAt,
    String reason) {
  private static final int MOST_DOUBLINGS = 6;

  /** Where a model is, and what it takes there: measured where that is known, else estimated. */
  record Place(String variant, CardId card, Estimate estimate, Bytes held) {
    Place holding(Bytes seen) {
      return new Place(variant, card, estimate, seen);
    }
  }

  static Slot absent(String model, Instant now) {
    return first(model, ModelState.ABSENT, now);
  }

  static Slot unknown(String model, Instant now) {
    return first(model, ModelState.UNKNOWN, now);
  }

  private static Slot first(String model, ModelState state, Instant now) {
    return new Slot(
        model,
        state,
        now,
        Optional.empty(),
        "",
        now,
        false,
        false,
        false,
        false,
        0,
        Instant.MIN,
        "");
  }

  Slot loading(Place where, boolean ahead, Instant now) {
    return new Slot(
        model,
        ModelState.LOADING,
        now,
        Optional.of(where),
        "",
        lastUsed,
        pinned,
        wanted,
        ahead,
        false,
        failures,
        retryAt,
        "");
  }

  Slot ready(Place where, String at, Instant now) {
    return new Slot(
        model,
        ModelState.READY,
        now,
        Optional.of(where),
        at,
        now,
        pinned,
        false,
        predicted,
        false,
        failures,
        retryAt,
        "");
  }

  Slot unloading(String why, Instant now) {
    return new Slot(
        model,
        ModelState.UNLOADING,
        now,
        place,
        "",
        lastUsed,
        pinned,
        false,
        false,
        false,
        failures,
        retryAt,
        why);
  }

  Slot gone(Instant now) {
    return new Slot(
        model,
        ModelState.ABSENT,
        now,
        Optional.empty(),
        "",
        lastUsed,
        pinned,
        wanted,
        false,
        false,
        failures,
        retryAt,
        "");
  }

  /** Failed: the first time it may be tried again at once, then after 1 s, 2 s, 4 s … a minute. */
  Slot failed(String why, Instant now) {
    Duration rest =
        failures == 0
            ? Duration.ZERO
            : Duration.ofSeconds(Math.min(60, 1L << Math.min(failures - 1, MOST_DOUBLINGS)));
    return new Slot(
        model,
        ModelState.FAILED,
        now,
        Optional.empty(),
        "",
        lastUsed,
        pinned,
        false,
        false,
        false,
        failures + 1,
        now.plus(rest),
        why);
  }

  Slot used(Instant now) {
    return new Slot(
        model, state, since, place, address, now, pinned, wanted, false, draining, 0, retryAt,
        reason);
  }

  Slot pinned(boolean yes) {
    return new Slot(
        model, state, since, place, address, lastUsed, yes, wanted, predicted, draining, failures,
        retryAt, reason);
  }

  Slot wanted(boolean yes) {
    return new Slot(
        model, state, since, place, address, lastUsed, pinned, yes, predicted, draining, failures,
        retryAt, reason);
  }

  Slot draining(boolean yes) {
    return new Slot(
        model, state, since, place, address, lastUsed, pinned, wanted, predicted, yes, failures,
        retryAt, reason);
  }

  Slot holding(Bytes held) {
    return new Slot(
        model,
        state,
        since,
        place.map(p -> p.holding(held)),
        address,
        lastUsed,
        pinned,
        wanted,
        predicted,
        draining,
        failures,
        retryAt,
        reason);
  }
}
