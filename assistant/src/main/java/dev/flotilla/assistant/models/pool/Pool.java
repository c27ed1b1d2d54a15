package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.ModelState.Happening;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is known of the models, and the one place that changes it: takes in what was asked and
 * what happened, and says what is to be done. Does nothing itself, so that the same inputs at the
 * same times give the same effects; {@link Scheduler} has the rules. For one thread at a time.
 */
public final class Pool {
  private final Slots slots = new Slots();
  private final Leases leases = new Leases();
  private final RequestQueue queue = new RequestQueue();
  private final Outbox outbox = new Outbox();
  private final Swaps swaps = new Swaps(slots, outbox);
  private final Rules rules;
  private final Occupancy occupancy;
  private final Scheduler scheduler;

  /**
   * @param ids makes what tells leases of one model apart
   */
  public Pool(Rules rules, Supplier<String> ids) {
    this.rules = rules;
    occupancy = new Occupancy(slots, leases, queue, rules);
    scheduler = new Scheduler(rules, slots, leases, queue, occupancy, swaps, outbox, ids);
  }

  private List<Effect> advance(Instant now) {
    scheduler.advance(now);
    return outbox.take();
  }

  /**
   * An earlier service may have left models serving: nothing new is loaded until it is {@link
   * #surveyed} what they are.
   */
  public void survey() {
    slots.survey();
  }

  /** All that serves was {@link #adopted}; what was not is absent. */
  public List<Effect> surveyed(Instant now) {
    slots.surveyed(now);
    return advance(now);
  }

  /** Another catalogue. What left it is taken away once nobody uses it. */
  public List<Effect> catalogue(Map<String, Entry> next, Instant now) {
    slots.catalogue(next, now);
    queue.all().stream()
        .map(Waiting::model)
        .filter(model -> !next.containsKey(model))
        .forEach(
            model -> scheduler.refuseAll(model, model + " is no longer in the manifest", true));
    return advance(now);
  }

  public List<Effect> cards(List<Card> next, Instant now) {
    occupancy.cards(next);
    return advance(now);
  }

  /** Answered by {@link Effect.Grant} or {@link Effect.Refuse}, now or later. */
  public List<Effect> ask(Request request, Instant now) {
    queue.add(new Waiting(request, now));
    occupancy.wanted(request.model());
    if (rules.predict()) {
      scheduler.foresee(request.model(), now);
    }
    return advance(now);
  }

  /** Who asked waits no longer. */
  public List<Effect> withdraw(long number, Instant now) {
    queue.withdraw(number);
    return advance(now);
  }

  /**
   * Lets a lease stand longer.
   *
   * @param revive whether a lease that is not known is made anew when its model is there, as after
   *     a restart of the service
   */
  public Optional<Lease> renew(
      String id, String holder, Duration ttl, boolean revive, Instant now) {
    String model = Lease.modelOf(id);
    Optional<Lease> longer =
        leases
            .find(id)
            .or(
                () ->
                    revive && slots.is(model, ModelState.READY)
                        ? Optional.of(new Lease(id, model, holder, now))
                        : Optional.empty())
            .map(lease -> lease.until(now.plus(ttl)));
    longer.ifPresent(leases::put);
    return longer;
  }

  /** A lease is given back; one that is not known has ended already. */
  public List<Effect> release(String id, Instant now) {
    leases.end(id).ifPresent(lease -> slots.change(lease.model(), slot -> slot.used(now)));
    return advance(now);
  }

  /** A holder is gone, with all its leases. */
  public List<Effect> left(String holder, Instant now) {
    return leases.endIf(lease -> lease.holder().equals(holder)).isEmpty()
        ? List.of()
        : advance(now);
  }

  /** Loads a model that nobody uses yet. */
  public List<Effect> want(String model, Instant now) {
    scheduler.sentAway(model, false);
    slots.change(model, slot -> slot.wanted(slot.state() != ModelState.READY));
    return advance(now);
  }

  /** Takes a model away if nobody uses it; whether it does. */
  public boolean unwant(String model, Instant now, List<Effect> out) {
    if (!slots.is(model, ModelState.READY) || leases.on(model) > 0) {
      return false;
    }
    slots.change(model, slot -> slot.wanted(false));
    scheduler.sentAway(model, true);
    swaps.unload(slots.get(model), Effect.Kind.UNLOADED, "somebody asked");
    out.addAll(advance(now));
    return true;
  }

  public List<Effect> pin(String model, boolean pinned, Instant now) {
    slots.change(model, slot -> slot.pinned(pinned));
    return advance(now);
  }

  /**
   * A model serves.
   *
   * @param held what it was seen to take; empty when nobody can tell
   */
  public List<Effect> loaded(String model, String address, Optional<Bytes> held, Instant now) {
    slots
        .find(model)
        .filter(slot -> slot.state().after(Happening.LOADED).isPresent())
        .ifPresent(
            slot -> {
              Slot.Place place = slot.place().orElseThrow();
              slots.put(slot.ready(place.holding(held.orElse(place.held())), address, now));
              swaps.settle(model);
              outbox.tell(Effect.Kind.LOADED, slots.get(model), "");
            });
    return advance(now);
  }

  /** A model was found serving. */
  public List<Effect> adopted(
      String model, String variant, CardId card, Estimate estimate, String address, Instant now) {
    Slot slot = slots.find(model).orElseGet(() -> Slot.absent(model, now));
    if (slot.state().after(Happening.ADOPTED).isPresent()) {
      slots.put(
          slot.ready(new Slot.Place(variant, card, estimate, estimate.total()), address, now));
    }
    return advance(now);
  }

  /** A model could not be loaded, or its engine ended; its leases end with it. */
  public List<Effect> broke(String model, String reason, Instant now) {
    slots
        .find(model)
        .filter(
            slot ->
                slot.state().after(Happening.BROKE).filter(ModelState.FAILED::equals).isPresent())
        .ifPresent(
            slot -> {
              outbox.tell(Effect.Kind.FAILED, slot, reason);
              slots.put(slot.failed(reason, now));
              leases.endIf(lease -> lease.model().equals(model));
              swaps.settle(model);
              if (slot.state() == ModelState.LOADING) {
                scheduler.refuseAll(model, model + " could not be loaded: " + reason, false);
              }
            });
    return advance(now);
  }

  /** As {@link #gone(String, Instant)}, with the cards as they are since. */
  public List<Effect> gone(String model, List<Card> next, Instant now) {
    occupancy.cards(next);
    return gone(model, now);
  }

  /** Nothing of a model is left, and its memory has come back as far as it will. */
  public List<Effect> gone(String model, Instant now) {
    slots
        .find(model)
        .filter(slot -> slot.state().after(Happening.GONE).isPresent())
        .ifPresent(
            slot -> {
              swaps.gone(slot, now);
              if (slots.entry(model).isEmpty()) {
                slots.remove(model);
              }
            });
    return advance(now);
  }

  /** What a model was seen to take. */
  public void seen(String model, Bytes held) {
    slots.change(model, slot -> slot.holding(held));
  }

  /** Lets time pass: leases end, idle models leave, preloads come. */
  public List<Effect> tick(Instant now) {
    leases
        .endIf(lease -> lease.until().isBefore(now))
        .forEach(lease -> slots.change(lease.model(), slot -> slot.used(now)));
    for (Slot slot : slots.all()) {
      if (slot.state() == ModelState.READY && idle(slot, now) && unused(slot.model())) {
        swaps.unload(
            slot,
            Effect.Kind.UNLOADED,
            slots.entry(slot.model()).isEmpty()
                ? "it is no longer in the manifest"
                : "it was idle");
      }
    }
    for (Card card : occupancy.cards()) {
      for (Resident leaving : Eviction.relieve(card, occupancy.on(card.id()))) {
        if (queue.forModel(leaving.model()).isEmpty()) {
          swaps.unload(
              slots.get(leaving.model()),
              Effect.Kind.EVICTED,
              "others need the memory of " + card.id());
        }
      }
    }
    return advance(now);
  }

  private boolean idle(Slot slot, Instant now) {
    return slots
        .entry(slot.model())
        .map(
            entry ->
                !slots.pinned(slot)
                    && !entry.preload()
                    && !slot.lastUsed().plus(entry.idleTimeout()).isAfter(now))
        .orElse(true);
  }

  private boolean unused(String model) {
    return leases.on(model) == 0 && queue.forModel(model).isEmpty();
  }

  /** Whether somebody asked for a model to be loaded and it is not there yet. */
  public boolean wanted(String model) {
    return slots.find(model).filter(Slot::wanted).isPresent();
  }

  public Foresight foresight() {
    return swaps.foresight();
  }

  public List<Lease> leases() {
    return leases.all();
  }

  public Optional<Entry> entry(String model) {
    return slots.entry(model);
  }

  public Collection<String> models() {
    return slots.catalogued();
  }

  public List<Card> cards() {
    return occupancy.cards();
  }

  /** What the models on a card hold, with what is on its way in or out. */
  public Bytes held(CardId card) {
    return slots.held(card, ModelState::resident);
  }

  /** What models hold that are on their way out, whose memory may be nobody's for a while. */
  public Bytes leaving(CardId card) {
    return slots.held(card, ModelState.UNLOADING::equals);
  }

  /** All models, in the order of the catalogue. */
  public List<ModelView> views() {
    return slots.all().stream().map(this::view).toList();
  }

  public Optional<ModelView> view(String model) {
    return slots.find(model).map(this::view);
  }

  private ModelView view(Slot slot) {
    return new ModelView(
        slot.model(),
        slot.state(),
        slot.since(),
        slot.place().map(Slot.Place::variant),
        slot.place().map(Slot.Place::card),
        slot.place().map(Slot.Place::held).orElse(Bytes.ZERO),
        slot.address(),
        leases.on(slot.model()),
        queue.forModel(slot.model()).size(),
        slots.pinned(slot),
        slot.draining(),
        slot.lastUsed(),
        slot.reason());
  }
}
