package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.model.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps the pool's cards and catalogue as they are, and its time running. Thread-safe. */
final class CardWatch {
  private final LivePool pool;
  private final Supplier<Fleet> fleet;
  private final Catalogue catalogue;
  private final CardReadings readings;
  private final Adoption adoption;
  private final String here;
  private final Set<String> adopted = ConcurrentHashMap.newKeySet();

  /**
   * @param here the machine of a fleet that names none
   */
  CardWatch(
      LivePool pool,
      Supplier<Fleet> fleet,
      Catalogue catalogue,
      CardReadings readings,
      Adoption adoption,
      String here) {
    this.pool = pool;
    this.fleet = fleet;
    this.catalogue = catalogue;
    this.readings = readings;
    this.adoption = adoption;
    this.here = here;
  }

  /** Reads the cards of all machines, then lets the pool's time pass. */
  void look() {
    for (String machine : machines()) {
      if (readings.read(machine).isPresent() && adopted.add(machine)) {
        adopt(machine);
      }
    }
    refresh();
    pool.change(p -> p.tick(pool.now()));
  }

  private void adopt(String machine) {
    Optional<List<Nodes.Running>> found = adoption.found(machine);
    if (found.isEmpty()) {
      adopted.remove(machine);
      return;
    }
    refresh();
    found.get().forEach(running -> adoption.takeOver(machine, running));
  }

  private Set<String> machines() {
    Set<String> machines = fleet.get().machines().keySet();
    return machines.isEmpty() ? Set.of(here) : machines;
  }

  /** Works out cards and catalogue anew. */
  private void refresh() {
    Map<String, Entry> entries = catalogue.entries(fleet.get().models(), pool.ask(readings::cards));
    pool.change(
        p -> {
          List<Effect> effects = new ArrayList<>(p.cards(readings.cards(p), pool.now()));
          effects.addAll(p.catalogue(entries, pool.now()));
          return effects;
        });
  }
}
