package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.model.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Keeps the pool's cards and catalogue as they are, and its time running. Thread-safe. */
final class CardWatch {
  /** How long machines that do not answer are waited for before models are loaded elsewhere. */
  private static final Duration SURVEY = Duration.ofSeconds(10);

  private final LivePool pool;
  private final Supplier<Fleet> fleet;
  private final Catalogue catalogue;
  private final CardReadings readings;
  private final Adoption adoption;
  private final String here;
  private final Set<String> adopted = new HashSet<>();
  private final Instant started;
  private boolean surveyed;

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
    this.started = pool.now();
    pool.change(
        p -> {
          p.survey();
          return List.of();
        });
  }

  /** Reads the cards of all machines, then lets the pool's time pass. One look at a time. */
  synchronized void look() {
    boolean known = !fleet.get().agents().isEmpty();
    for (String machine : machines()) {
      if (readings.read(machine).isPresent() && known && !adopted.contains(machine)) {
        adopt(machine);
      }
    }
    refresh();
    if (!surveyed && known && (adopted.containsAll(machines()) || late())) {
      surveyed = true;
      pool.change(p -> p.surveyed(pool.now()));
    }
    pool.change(p -> p.tick(pool.now()));
  }

  private boolean late() {
    return Duration.between(started, pool.now()).compareTo(SURVEY) >= 0;
  }

  private void adopt(String machine) {
    adoption
        .found(machine)
        .ifPresent(
            found -> {
              refresh();
              found.forEach(running -> adoption.takeOver(machine, running));
              adopted.add(machine);
            });
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
