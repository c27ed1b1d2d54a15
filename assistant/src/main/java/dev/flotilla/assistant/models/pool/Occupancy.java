package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The cards with what is on them, as the pure decisions see it. For one thread at a time. */
final class Occupancy {
  private final Slots slots;
  private final Leases leases;
  private final RequestQueue queue;
  private final int mostModels;
  private List<Card> cards = List.of();
  private UseRate uses;

  Occupancy(Slots slots, Leases leases, RequestQueue queue, Rules rules) {
    this.slots = slots;
    this.leases = leases;
    this.queue = queue;
    this.mostModels = rules.mostModels();
    this.uses = UseRate.of(rules.halfLife());
  }

  void cards(List<Card> next) {
    cards = List.copyOf(next);
  }

  List<Card> cards() {
    return cards;
  }

  void used(String model, Instant now) {
    uses = uses.used(model, now);
  }

  List<Resident> residents(Instant now) {
    return slots.all().stream()
        .filter(slot -> slot.state().resident())
        .flatMap(slot -> slot.place().map(place -> resident(slot, place, now)).stream())
        .toList();
  }

  List<Resident> on(CardId card, Instant now) {
    return residents(now).stream().filter(resident -> resident.card().equals(card)).toList();
  }

  /** What would be decided on the cards that are open. */
  Decision decide(Demand demand, Predicate<CardId> open, Instant now) {
    return decide(demand, open, residents(now));
  }

  /** What would be decided if nobody used anything. */
  Decision decideAsIfUnused(Demand demand, Predicate<CardId> open, Instant now) {
    return decide(demand, open, residents(now).stream().map(Resident::asIfUnused).toList());
  }

  private Decision decide(Demand demand, Predicate<CardId> open, List<Resident> residents) {
    List<Card> there = cards.stream().filter(card -> open.test(card.id())).toList();
    return new Placement(there, residents, mostModels).decide(demand);
  }

  /** Whether it would fit if nobody outside of the pool held memory. */
  boolean fitsWithoutOthers(Demand demand, Instant now) {
    List<Card> alone =
        cards.stream()
            .map(card -> new Card(card.id(), card.total(), Bytes.ZERO, card.marks()))
            .toList();
    return !(new Placement(alone, residents(now), mostModels).decide(demand)
        instanceof Decision.Refuse);
  }

  private Resident resident(Slot slot, Slot.Place place, Instant now) {
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
          case READY, ABSENT, FAILED -> Resident.Phase.READY;
        },
        Math.max(leases.on(model), awaited ? 1 : 0),
        slots.pinned(slot),
        slot.lastUsed(),
        slots.entry(model).map(Entry::loadTime).orElse(Duration.ZERO),
        uses.likelihood(model, now)
            + (slots.entry(model).filter(Entry::preload).isPresent() ? 1 : 0));
  }
}
