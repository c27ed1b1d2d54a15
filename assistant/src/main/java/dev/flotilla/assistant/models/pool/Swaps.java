package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.pool.ModelState.Happening;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Begins loads and unloads, and keeps a card that is cleared for one model free of others. For one
 * thread at a time.
 */
final class Swaps {
  private final Slots slots;
  private final Outbox outbox;
  private final Map<CardId, String> cleared = new HashMap<>();
  private final Map<String, Effect.Kind> leaving = new HashMap<>();
  private final Map<String, String> makesRoom = new HashMap<>();
  private Foresight foresight = Foresight.NONE;

  Swaps(Slots slots, Outbox outbox) {
    this.slots = slots;
    this.outbox = outbox;
  }

  /**
   * Begins a load for which nothing has to leave.
   *
   * @param predicted whether nobody asked for it yet
   */
  void load(String model, Decision.Load load, boolean predicted, String reason, Instant now) {
    Slot.Place place =
        new Slot.Place(load.variant(), load.card(), load.estimate(), load.estimate().total());
    slots.change(model, slot -> slot.loading(place, predicted, now));
    if (predicted) {
      foresight = foresight.oneLoaded();
    }
    settle(model);
    outbox.add(new Effect.Load(model, load.variant(), load.card(), load.estimate()));
    outbox.tell(Effect.Kind.LOADING, slots.get(model), reason);
  }

  /** Keeps a card for a model, and has leave it what is in its way. */
  void clear(String model, Decision.Load load) {
    cleared.put(load.card(), model);
    load.evict()
        .forEach(
            victim -> {
              makesRoom.put(victim.model(), model);
              unload(slots.get(victim.model()), Effect.Kind.EVICTED, "room is made for " + model);
            });
  }

  /** Keeps a card for a model, and has what is in its way lent to nobody new. */
  void drain(String model, Decision.Load load) {
    cleared.put(load.card(), model);
    load.evict().forEach(victim -> slots.change(victim.model(), slot -> slot.draining(true)));
  }

  /** Whether models are on their way out for this one; until they are gone no others need to go. */
  boolean clearing(String model) {
    return makesRoom.containsValue(model);
  }

  boolean open(CardId card, String model) {
    return cleared.getOrDefault(card, model).equals(model);
  }

  /** A model needs no card kept any more. */
  void settle(String model) {
    cleared.values().removeIf(model::equals);
  }

  /**
   * Keeps cards only for models that somebody waits for; what drained for the others lends again.
   *
   * @param counted whether models are limited in number, so that one drains for any card
   */
  void settle(Predicate<String> awaited, boolean counted) {
    cleared.values().removeIf(model -> !awaited.test(model));
    for (Slot slot : slots.all()) {
      if (slot.draining()
          && slot.place().filter(place -> cleared.containsKey(place.card())).isEmpty()
          && (!counted || cleared.isEmpty())) {
        slots.put(slot.draining(false));
      }
    }
  }

  /** Begins an unload, unless the model is not there to be unloaded. */
  void unload(Slot slot, Effect.Kind how, String reason) {
    if (slot.state().after(Happening.UNLOAD).isEmpty()) {
      return;
    }
    Slot.Place place = slot.place().orElseThrow();
    if (slot.predicted()) {
      foresight = foresight.oneWasted();
    }
    outbox.tell(Effect.Kind.UNLOADING, slot, reason);
    leaving.put(slot.model(), how);
    slots.put(slot.unloading(reason, slot.lastUsed()));
    outbox.add(new Effect.Unload(slot.model(), place.variant(), place.card(), place.held()));
  }

  /** A model is used that may have been loaded ahead. */
  void used(Slot slot) {
    if (slot.predicted()) {
      foresight = foresight.oneUsed();
    }
  }

  /** Nothing of a model is left. */
  void gone(Slot slot, Instant now) {
    Effect.Kind how =
        Optional.ofNullable(leaving.remove(slot.model())).orElse(Effect.Kind.UNLOADED);
    outbox.tell(how, slot, slot.reason());
    slots.put(slot.gone(now));
    makesRoom.remove(slot.model());
  }

  Foresight foresight() {
    return foresight;
  }
}
