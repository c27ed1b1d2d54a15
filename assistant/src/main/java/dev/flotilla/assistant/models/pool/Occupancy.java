package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The cards with what is on them, as the pure decisions see it. For one thread at a time. */
final class Occupancy {
  private final Slots slots;
  private final Leases leases;
  private final RequestQueue queue;
  private final int mostModels;
  private List<Card> cards = List.of();
  private Reuse reuse = Reuse.NOTHING;

  Occupancy(Slots slots, Leases leases, RequestQueue queue, Rules rules) {
    this.slots = slots;
    this.leases = leases;
    this.queue = queue;
    this.mostModels = rules.mostModels();
  }

  void cards(List<Card> next) {
    cards = List.copyOf(next);
  }

  List<Card> cards() {
    return cards;
  }

  /** Somebody asked for a model. */
  void wanted(String model) {
    reuse = reuse.wanted(model);
  }

  /** A demand as {@link Placement} weighs it against what is loaded. */
  Demand demand(Entry entry, boolean ahead) {
    double seconds = entry.loadTime().toNanos() / 1e9;
    return new Demand(entry.model(), entry.variants(), ahead, seconds * likelihood(entry.model()));
  }

  List<Resident> residents() {
    return slots.all().stream()
        .filter(slot -> slot.state().resident())
        .flatMap(slot -> slot.place().map(place -> resident(slot, place)).stream())
        .toList();
  }

  List<Resident> on(CardId card) {
    return residents().stream().filter(resident -> resident.card().equals(card)).toList();
  }

  /** What would be decided on the cards that are open. */
  Decision decide(Demand demand, Predicate<CardId> open) {
    return decide(demand, open, residents());
  }

  /** What would be decided if nobody used anything. */
  Decision decideAsIfUnused(Demand demand, Predicate<CardId> open) {
    return decide(demand, open, residents().stream().map(Resident::asIfUnused).toList());
  }

  private Decision decide(Demand demand, Predicate<CardId> open, List<Resident> residents) {
    List<Card> there = cards.stream().filter(card -> open.test(card.id())).toList();
    return new Placement(there, residents, mostModels).decide(demand);
  }

  /** Whether it would fit if nobody outside of the pool held memory. */
  boolean fitsWithoutOthers(Demand demand) {
    List<Card> alone =
        cards.stream()
            .map(card -> new Card(card.id(), card.total(), Bytes.ZERO, card.marks()))
            .toList();
    return !(new Placement(alone, residents(), mostModels).decide(demand)
        instanceof Decision.Refuse);
  }

  private Resident resident(Slot slot, Slot.Place place) {
    String model = slot.model();
    boolean awaited = !queue.forModel(model).isEmpty() && !slot.draining();
    return new Resident(
        model,
        place.variant(),
        place.card(),
        place.held(),
        switch (slot.state()) {
          case LOADING -> Resident.Phase.LOADING;
          case UNLOADING -> Resident.Phase.UNLOADING;
          case READY, UNKNOWN, ABSENT, FAILED -> Resident.Phase.READY;
        },
        Math.max(leases.on(model), awaited ? 1 : 0),
        slots.pinned(slot),
        slot.lastUsed(),
        slots.entry(model).map(Entry::loadTime).orElse(Duration.ZERO),
        likelihood(model));
  }

  /** How soon it is wanted again; what is to be preloaded is wanted more than all else. */
  private double likelihood(String model) {
    return reuse.likelihood(model)
        + (slots.entry(model).filter(Entry::preload).isPresent() ? 1 : 0);
  }
}
