package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who is lent what next, and what is loaded for whom. For one thread at a time.
 *
 * <p>Who asks for a loaded model has it at once. Else the model is loaded where {@link Placement}
 * says; while a card is cleared for one model no other is loaded onto it. Who has waited longer
 * than the patience is next: the models in his way are lent to nobody new, so that their leases run
 * out.
 */
final class Scheduler {
  private static final double SEEN_FOR_PREDICTION = 5;

  private final Rules rules;
  private final Slots slots;
  private final Leases leases;
  private final RequestQueue queue;
  private final Occupancy occupancy;
  private final Swaps swaps;
  private final Outbox outbox;
  private final Supplier<String> ids;
  private final Set<String> sentAway = new HashSet<>();
  private Prediction prediction = Prediction.NOTHING;

  Scheduler(
      Rules rules,
      Slots slots,
      Leases leases,
      RequestQueue queue,
      Occupancy occupancy,
      Swaps swaps,
      Outbox outbox,
      Supplier<String> ids) {
    this.rules = rules;
    this.slots = slots;
    this.leases = leases;
    this.queue = queue;
    this.occupancy = occupancy;
    this.swaps = swaps;
    this.outbox = outbox;
    this.ids = ids;
  }

  /** Somebody asked for a model to go: it is not preloaded again until somebody wants it. */
  void sentAway(String model, boolean away) {
    if (away) {
      sentAway.add(model);
    } else {
      sentAway.remove(model);
    }
  }

  /** Grants what can be granted, then begins to load what should be. */
  void advance(Instant now) {
    grantAll(now);
    Set<String> settled = new HashSet<>();
    for (Waiting waiting : Collation.byTurn(queue.all(), rules.patience(), now)) {
      if (settled.add(waiting.model())) {
        load(waiting, now);
      }
    }
    for (Slot slot : slots.all()) {
      slots
          .entry(slot.model())
          .filter(entry -> due(slot, entry, now) && settled.add(slot.model()))
          .ifPresent(entry -> begin(slot, entry, !slot.wanted(), now));
    }
    swaps.settle(this::awaited, rules.mostModels() != Integer.MAX_VALUE);
  }

  private boolean awaited(String model) {
    return !queue.forModel(model).isEmpty() || slots.find(model).filter(Slot::wanted).isPresent();
  }

  /** Whether a model is to be loaded without being used yet. */
  private boolean due(Slot slot, Entry entry, Instant now) {
    boolean failed = slot.state() == ModelState.FAILED;
    boolean preload =
        entry.preload() && !sentAway.contains(slot.model()) && !(failed && slot.failures() > 1);
    return (slot.wanted() || preload)
        && (slot.state() == ModelState.ABSENT || (failed && !slot.retryAt().isAfter(now)));
  }

  private void grantAll(Instant now) {
    while (true) {
      Set<String> open = new HashSet<>();
      slots.all().stream().filter(this::lends).map(Slot::model).forEach(open::add);
      List<Waiting> able = queue.all().stream().filter(w -> open.contains(w.model())).toList();
      Optional<Waiting> next = Collation.next(able, open, leases::of, rules.patience(), now);
      if (next.isEmpty()) {
        return;
      }
      grant(next.get(), slots.get(next.get().model()), now);
    }
  }

  private boolean lends(Slot slot) {
    return slot.state() == ModelState.READY
        && !slot.draining()
        && slots
            .entry(slot.model())
            .filter(entry -> entry.parallel() == 0 || leases.on(slot.model()) < entry.parallel())
            .isPresent();
  }

  private void grant(Waiting waiting, Slot slot, Instant now) {
    queue.remove(waiting);
    sentAway.remove(slot.model());
    Request request = waiting.request();
    Lease lease =
        new Lease(
            request.model() + "#" + ids.get(),
            request.model(),
            request.holder(),
            now.plus(request.ttl()));
    leases.put(lease);
    swaps.used(slot);
    slots.put(slot.used(now));
    Slot.Place place = slot.place().orElseThrow();
    outbox.add(
        new Effect.Grant(request.number(), lease, place.variant(), place.card(), slot.address()));
  }

  private void load(Waiting waiting, Instant now) {
    Optional<Slot> found = slots.find(waiting.model());
    Optional<Entry> entry = slots.entry(waiting.model());
    if (found.isEmpty() || entry.isEmpty()) {
      refuse(waiting, "no model " + waiting.model(), true);
      return;
    }
    Slot slot = found.get();
    if (slot.state() == ModelState.FAILED && slot.retryAt().isAfter(now)) {
      refuseAll(
          slot.model(),
          "%s failed %d times: %s; it is tried again in %d s"
              .formatted(
                  slot.model(),
                  slot.failures(),
                  slot.reason(),
                  Math.max(1, Duration.between(now, slot.retryAt()).toSeconds())),
          false);
    } else if ((slot.state() == ModelState.FAILED || slot.state() == ModelState.ABSENT)
        && !begin(slot, entry.get(), false, now)
        && waiting.overdue(rules.patience(), now)) {
      standBack(entry.get());
    }
  }

  /** Begins to load a model, or to make room for it; whether anything was begun or is under way. */
  private boolean begin(Slot slot, Entry entry, boolean ahead, Instant now) {
    String model = slot.model();
    if (!entry.trouble().isEmpty()) {
      refuseAll(model, entry.trouble(), true);
      slots.put(slot.wanted(false));
      return true;
    }
    if (swaps.clearing(model)) {
      return true;
    }
    Demand demand = occupancy.demand(entry, ahead);
    return switch (occupancy.decide(demand, card -> swaps.open(card, model))) {
      case Decision.Use use -> true;
      case Decision.Load load when load.evict().isEmpty() -> {
        swaps.load(model, load, false, "", now);
        yield true;
      }
      case Decision.Load load -> {
        swaps.clear(model, load);
        yield true;
      }
      case Decision.Wait wait -> false;
      case Decision.Refuse refuse -> {
        if (!ahead
            && occupancy.decide(demand, card -> true) instanceof Decision.Refuse(String reason)) {
          refuseAll(model, reason, !occupancy.fitsWithoutOthers(demand));
          slots.put(slot.wanted(false));
        }
        yield false;
      }
    };
  }

  /** Nobody new gets what is in the way of one who has waited too long. */
  private void standBack(Entry entry) {
    String model = entry.model();
    Demand demand = occupancy.demand(entry, false);
    if (occupancy.decideAsIfUnused(demand, card -> swaps.open(card, model))
        instanceof Decision.Load load) {
      swaps.drain(model, load);
    }
  }

  /** Takes note of what is asked for, and loads ahead what is likely to come next. */
  void foresee(String model, Instant now) {
    prediction = prediction.wanted(model);
    prediction
        .next(rules.confidence(), SEEN_FOR_PREDICTION)
        .filter(next -> slots.is(next, ModelState.ABSENT))
        .flatMap(slots::entry)
        .filter(entry -> entry.trouble().isEmpty())
        .ifPresent(entry -> loadAhead(entry, now));
  }

  private void loadAhead(Entry entry, Instant now) {
    String model = entry.model();
    Demand demand = occupancy.demand(entry, true);
    if (occupancy.decide(demand, card -> swaps.open(card, model)) instanceof Decision.Load load
        && load.evict().isEmpty()) {
      swaps.load(model, load, true, "it is likely to be wanted next", now);
    }
  }

  void refuseAll(String model, String reason, boolean forGood) {
    queue.forModel(model).forEach(waiting -> refuse(waiting, reason, forGood));
  }

  private void refuse(Waiting waiting, String reason, boolean forGood) {
    queue.remove(waiting);
    outbox.add(new Effect.Refuse(waiting.number(), reason, forGood));
  }
}
