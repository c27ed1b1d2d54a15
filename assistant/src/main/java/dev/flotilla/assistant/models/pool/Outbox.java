package dev.flotilla.assistant.models.pool;

import java.util.ArrayList;
import java.util.List;

/** What is to be done, in order, until somebody takes it. For one thread at a time. */
final class Outbox {
  private List<Effect> effects = new ArrayList<>();

  void add(Effect effect) {
    effects.add(effect);
  }

  /** Others may want to know that something happened to a model. */
  void tell(Effect.Kind kind, Slot slot, String reason) {
    add(
        new Effect.Tell(
            kind,
            slot.model(),
            slot.place().map(Slot.Place::variant),
            slot.place().map(Slot.Place::card),
            reason));
  }

  List<Effect> take() {
    List<Effect> due = effects;
    effects = new ArrayList<>();
    return due;
  }
}
