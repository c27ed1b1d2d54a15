package dev.flotilla.assistant.models;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Model;
import dev.flotilla.model.shape.Nearest;
import java.util.Map;
import java.util.function.Supplier;

/** The models of the manifest in force. Thread-safe. */
final class KnownModels {
  private final LivePool pool;
  private final Supplier<Fleet> fleet;
  private final CardWatch cards;

  KnownModels(LivePool pool, Supplier<Fleet> fleet, CardWatch cards) {
    this.pool = pool;
    this.fleet = fleet;
    this.cards = cards;
  }

  Map<String, Model> all() {
    return fleet.get().models();
  }

  /** The model of the manifest that the pool knows as well, else a refusal with the nearest. */
  Model known(String name) {
    Model model = all().get(name);
    if (model == null) {
      throw unknown(name).exception();
    }
    if (pool.ask(p -> p.entry(name)).isEmpty()) {
      cards.look();
    }
    return model;
  }

  private Failure unknown(String name) {
    return Failure.notFound(
        "no model \"" + name + "\"",
        all().isEmpty()
            ? "a model of the manifest, which has none"
            : "one of " + String.join(", ", all().keySet()),
        Nearest.to(name, all().keySet())
            .map(near -> "Did you mean " + near + "?")
            .orElse("Declare it under models in the manifest."));
  }
}
