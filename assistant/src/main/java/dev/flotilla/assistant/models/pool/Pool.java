package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.ModelState.Happening;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All that is known of the models, and the one place that changes it: takes in what was asked and
 * what happened, and says what is to be done. Does nothing itself, so that the same inputs at the
 * same times give the same effects. For one thread at a time.
 *
 * <p>Who asks for a loaded model has it at once. Else the model is loaded where {@link Placement}
 * says; while a card is cleared for one model no other is loaded onto it. Who has waited longer
 * than the patience is next: the models in his way are lent to nobody new, so that their leases run
 * out.
 */
public final class Pool {
  private static final double SEEN_FOR_PREDICTION = 5;

  private final Rules rules;
  private final Supplier<String> ids;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private final List<Collation.Waiting> queue = new ArrayList<>();
  private final Map<Long, Duration> times = new HashMap<>();
  private final Map<CardId, String> cleared = new HashMap<>();
  private final Map<String, Effect.Kind> leaving = new HashMap<>();
  private final Set<String> sentAway = new HashSet<>();
  private Map<String, Entry> entries = Map.of();
  private List<Card> cards = List.of();
  private UseRate uses;
  private Prediction prediction = Prediction.NOTHING;
  private Foresight foresight = Foresight.NONE;
  private List<Effect> effects = new ArrayList<>();

  /**
   * @param ids makes what tells leases of one model apart
   */
  public Pool(Rules rules, Supplier<String> ids) {
    this.rules = rules;
    this.ids = ids;
    this.uses = UseRate.of(rules.halfLife());
  }

  /**
   * Somebody wants a model.
   *
   * @param number tells requests apart; lower is older
   * @param ttl how long the lease stands unless renewed
   */
  public record Request(long number, String model, String holder, int priority, Duration ttl) {}

  /**
   * A model as others may see it.
   *
   * @param held what it takes; 0 while it is absent
   * @param waiting how many wait for it
   */
  public record View(
      String model,
      ModelState state,
      Instant since,
      Optional<String> variant,
      Optional<CardId> card,
      Bytes held,
      String address,
      int leases,
      int waiting,
      boolean pinned,
      boolean draining,
      Instant lastUsed,
      String reason) {}

  /** How well models were loaded ahead. */
  public record Foresight(long loaded, long used, long wasted) {
    static final Foresight NONE = new Foresight(0, 0, 0);
  }

  /** Another catalogue. What left it is taken away once nobody uses it. */
  public List<Effect> catalogue(Map<String, Entry> next, Instant now) {
    entries = Map.copyOf(next);
    next.keySet().forEach(model -> slots.putIfAbsent(model, Slot.absent(model, now)));
    for (Slot slot : List.copyOf(slots.values())) {
      if (!next.containsKey(slot.model()) && !slot.state().resident()) {
        slots.remove(slot.model());
      }
    }
    for (Collation.Waiting waiting : List.copyOf(queue)) {
      if (!next.containsKey(waiting.model())) {
        refuse(waiting, waiting.model() + " is no longer in the manifest", true);
      }
    }
    return advance(now);
  }

  public List<Effect> cards(List<Card> next, Instant now) {
    cards = List.copyOf(next);
    return advance(now);
  }

  /** Answered by {@link Effect.Grant} or {@link Effect.Refuse}, now or later. */
  public List<Effect> ask(Request request, Instant now) {
    times.put(request.number(), request.ttl());
    queue.add(
        new Collation.Waiting(
            request.number(), request.model(), request.holder(), request.priority(), now));
    if (rules.predict()) {
      foresee(request.model(), now);
    }
    return advance(now);
  }

  /** Who asked waits no longer. */
  public List<Effect> withdraw(long number, Instant now) {
    queue.removeIf(waiting -> waiting.number() == number);
    times.remove(number);
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
    Lease known = leases.get(id);
    if (known == null && revive && is(Lease.modelOf(id), ModelState.READY)) {
      known = new Lease(id, Lease.modelOf(id), holder, now);
    }
    if (known == null) {
      return Optional.empty();
    }
    Lease longer = known.until(now.plus(ttl));
    leases.put(id, longer);
    return Optional.of(longer);
  }

  /** A lease is given back; one that is not known has ended already. */
  public List<Effect> release(String id, Instant now) {
    Lease lease = leases.remove(id);
    if (lease != null) {
      slots.computeIfPresent(lease.model(), (model, slot) -> slot.used(now));
    }
    return advance(now);
  }

  /** A holder is gone, with all its leases. */
  public List<Effect> left(String holder, Instant now) {
    List<String> ended =
        leases.values().stream()
            .filter(lease -> lease.holder().equals(holder))
            .map(Lease::id)
            .toList();
    ended.forEach(leases::remove);
    return ended.isEmpty() ? List.of() : advance(now);
  }

  /** Loads a model that nobody uses yet. */
  public List<Effect> want(String model, Instant now) {
    sentAway.remove(model);
    slots.computeIfPresent(model, (m, slot) -> slot.wanted(!is(m, ModelState.READY)));
    return advance(now);
  }

  /** Takes a model away if nobody uses it; whether it does. */
  public boolean unwant(String model, Instant now, List<Effect> out) {
    Slot slot = slots.get(model);
    if (slot == null || slot.state() != ModelState.READY || leases(model) > 0) {
      return false;
    }
    slots.put(model, slot.wanted(false));
    sentAway.add(model);
    unload(slots.get(model), Effect.Kind.UNLOADED, "somebody asked");
    out.addAll(advance(now));
    return true;
  }

  public List<Effect> pin(String model, boolean pinned, Instant now) {
    slots.computeIfPresent(model, (m, slot) -> slot.pinned(pinned));
    return advance(now);
  }

  /**
   * A model serves.
   *
   * @param held what it was seen to take; empty when nobody can tell
   */
  public List<Effect> loaded(String model, String address, Optional<Bytes> held, Instant now) {
    Slot slot = slots.get(model);
    if (slot != null && happened(slot, Happening.LOADED).isPresent() && slot.place().isPresent()) {
      Slot.Place place = slot.place().get();
      Slot.Place seen =
          new Slot.Place(
              place.variant(), place.card(), place.estimate(), held.orElse(place.held()));
      slots.put(model, slot.ready(seen, address, now));
      free(model);
      tell(Effect.Kind.LOADED, slots.get(model), "");
    }
    return advance(now);
  }

  /** A model was found serving. */
  public List<Effect> adopted(
      String model, String variant, CardId card, Estimate estimate, String address, Instant now) {
    Slot slot = slots.computeIfAbsent(model, m -> Slot.absent(m, now));
    if (happened(slot, Happening.ADOPTED).isPresent()) {
      slots.put(
          model,
          slot.ready(new Slot.Place(variant, card, estimate, estimate.total()), address, now));
    }
    return advance(now);
  }

  /** A model could not be loaded, or its engine ended; its leases end with it. */
  public List<Effect> broke(String model, String reason, Instant now) {
    Slot slot = slots.get(model);
    if (slot != null
        && happened(slot, Happening.BROKE).filter(s -> s == ModelState.FAILED).isPresent()) {
      boolean loading = slot.state() == ModelState.LOADING;
      tell(Effect.Kind.FAILED, slot, reason);
      Slot failed = slot.failed(reason, now);
      slots.put(model, failed);
      leases.values().removeIf(lease -> lease.model().equals(model));
      free(model);
      if (loading) {
        for (Collation.Waiting waiting : List.copyOf(queue)) {
          if (waiting.model().equals(model)) {
            refuse(waiting, model + " could not be loaded: " + reason, false);
          }
        }
      }
    }
    return advance(now);
  }

  /** As {@link #gone(String, Instant)}, with the cards as they are since. */
  public List<Effect> gone(String model, List<Card> next, Instant now) {
    cards = List.copyOf(next);
    return gone(model, now);
  }

  /** Nothing of a model is left, and its memory has come back as far as it will. */
  public List<Effect> gone(String model, Instant now) {
    Slot slot = slots.get(model);
    if (slot != null && happened(slot, Happening.GONE).isPresent()) {
      tell(
          Optional.ofNullable(leaving.remove(model)).orElse(Effect.Kind.UNLOADED),
          slot,
          slot.reason());
      slots.put(model, slot.gone(now));
      if (!entries.containsKey(model)) {
        slots.remove(model);
      }
    }
    return advance(now);
  }

  /** What a model was seen to take. */
  public void seen(String model, Bytes held) {
    slots.computeIfPresent(model, (m, slot) -> slot.holding(held));
  }

  /** Lets time pass: leases end, idle models leave, preloads come. */
  public List<Effect> tick(Instant now) {
    for (Lease lease : List.copyOf(leases.values())) {
      if (lease.until().isBefore(now)) {
        leases.remove(lease.id());
        slots.computeIfPresent(lease.model(), (model, slot) -> slot.used(now));
      }
    }
    for (Slot slot : List.copyOf(slots.values())) {
      Entry entry = entries.get(slot.model());
      boolean useless =
          entry == null
              || (!pinned(slot)
                  && !entry.preload()
                  && !slot.lastUsed().plus(entry.idleTimeout()).isAfter(now));
      if (slot.state() == ModelState.READY && useless && unused(slot.model())) {
        unload(
            slot,
            Effect.Kind.UNLOADED,
            entry == null ? "it is no longer in the manifest" : "it was idle");
      }
    }
    for (Card card : cards) {
      for (Resident leaving : Eviction.relieve(card, on(card.id(), now))) {
        if (waiting(leaving.model()) == 0) {
          unload(
              slot(leaving.model()), Effect.Kind.EVICTED, "others need the memory of " + card.id());
        }
      }
    }
    return advance(now);
  }

  /** Whether somebody asked for a model to be loaded and it is not there yet. */
  public boolean wanted(String model) {
    Slot slot = slots.get(model);
    return slot != null && slot.wanted();
  }

  public Foresight foresight() {
    return foresight;
  }

  public List<Lease> leases() {
    return List.copyOf(leases.values());
  }

  public Optional<Entry> entry(String model) {
    return Optional.ofNullable(entries.get(model));
  }

  public Collection<String> models() {
    return entries.keySet();
  }

  public List<Card> cards() {
    return cards;
  }

  /** What the models on a card hold, with what is on its way in or out. */
  public Bytes held(CardId card) {
    return new Bytes(
        slots.values().stream()
            .filter(slot -> slot.state().resident())
            .flatMap(slot -> slot.place().stream())
            .filter(place -> place.card().equals(card))
            .mapToLong(place -> place.held().count())
            .sum());
  }

  /** What models hold that are on their way out, whose memory may be nobody's for a while. */
  public Bytes leaving(CardId card) {
    return new Bytes(
        slots.values().stream()
            .filter(slot -> slot.state() == ModelState.UNLOADING)
            .flatMap(slot -> slot.place().stream())
            .filter(place -> place.card().equals(card))
            .mapToLong(place -> place.held().count())
            .sum());
  }

  /** All models, in the order of the catalogue. */
  public List<View> views() {
    return slots.values().stream().map(this::view).toList();
  }

  public Optional<View> view(String model) {
    return Optional.ofNullable(slots.get(model)).map(this::view);
  }

  private View view(Slot slot) {
    return new View(
        slot.model(),
        slot.state(),
        slot.since(),
        slot.place().map(Slot.Place::variant),
        slot.place().map(Slot.Place::card),
        slot.place().map(Slot.Place::held).orElse(Bytes.ZERO),
        slot.address(),
        leases(slot.model()),
        waiting(slot.model()),
        pinned(slot),
        slot.draining(),
        slot.lastUsed(),
        slot.reason());
  }

  /** Grants what can be granted, then loads what should be; gives all that is to be done. */
  private List<Effect> advance(Instant now) {
    grantAll(now);
    Set<String> settled = new HashSet<>();
    for (Collation.Waiting waiting : byTurn(now)) {
      if (settled.add(waiting.model())) {
        load(waiting, now);
      }
    }
    for (Slot slot : List.copyOf(slots.values())) {
      Entry entry = entries.get(slot.model());
      boolean failed = slot.state() == ModelState.FAILED;
      if (entry != null
          && (slot.wanted()
              || (entry.preload()
                  && !sentAway.contains(slot.model())
                  && !(failed && slot.failures() > 1)))
          && (slot.state() == ModelState.ABSENT || (failed && !slot.retryAt().isAfter(now)))
          && settled.add(slot.model())) {
        begin(slot, placement(slot.model(), now), entry, !slot.wanted(), now);
      }
    }
    cleared.values().removeIf(model -> waiting(model) == 0 && !wanted(model));
    undrain();
    List<Effect> due = effects;
    effects = new ArrayList<>();
    return due;
  }

  private void grantAll(Instant now) {
    while (true) {
      Set<String> open = new HashSet<>();
      slots.values().stream().filter(this::open).map(Slot::model).forEach(open::add);
      List<Collation.Waiting> able = queue.stream().filter(w -> open.contains(w.model())).toList();
      Optional<Collation.Waiting> next =
          Collation.next(able, open, this::busy, rules.patience(), now);
      if (next.isEmpty()) {
        return;
      }
      grant(next.get(), slot(next.get().model()), now);
    }
  }

  private boolean open(Slot slot) {
    Entry entry = entries.get(slot.model());
    return slot.state() == ModelState.READY
        && !slot.draining()
        && entry != null
        && (entry.parallel() == 0 || leases(slot.model()) < entry.parallel());
  }

  private void grant(Collation.Waiting waiting, Slot slot, Instant now) {
    queue.remove(waiting);
    sentAway.remove(slot.model());
    Duration ttl =
        Optional.ofNullable(times.remove(waiting.number())).orElse(Duration.ofMinutes(1));
    Lease lease =
        new Lease(waiting.model() + "#" + ids.get(), waiting.model(), waiting.key(), now.plus(ttl));
    leases.put(lease.id(), lease);
    if (slot.predicted()) {
      foresight = new Foresight(foresight.loaded(), foresight.used() + 1, foresight.wasted());
    }
    slots.put(slot.model(), slot.used(now));
    uses = uses.used(slot.model(), now);
    Slot.Place place = slot.place().orElseThrow();
    effects.add(
        new Effect.Grant(waiting.number(), lease, place.variant(), place.card(), slot.address()));
  }

  /** Those who wait, in the order in which they may have something loaded for them. */
  private List<Collation.Waiting> byTurn(Instant now) {
    return queue.stream()
        .sorted(
            Comparator.comparing((Collation.Waiting w) -> !overdue(w, now))
                .thenComparing(w -> overdue(w, now) ? w.since() : Instant.MAX)
                .thenComparing(Comparator.comparingInt(Collation.Waiting::priority).reversed())
                .thenComparingLong(Collation.Waiting::number))
        .toList();
  }

  private void load(Collation.Waiting waiting, Instant now) {
    Slot slot = slots.get(waiting.model());
    Entry entry = entries.get(waiting.model());
    if (slot == null || entry == null) {
      refuse(waiting, "no model " + waiting.model(), true);
      return;
    }
    if (slot.state() == ModelState.FAILED && slot.retryAt().isAfter(now)) {
      refuseAll(
          entry.model(),
          "%s failed %d times: %s; it is tried again in %d s"
              .formatted(
                  entry.model(),
                  slot.failures(),
                  slot.reason(),
                  Math.max(1, Duration.between(now, slot.retryAt()).toSeconds())),
          false);
      return;
    }
    if (slot.state() == ModelState.FAILED || slot.state() == ModelState.ABSENT) {
      if (!begin(slot, placement(entry.model(), now), entry, false, now) && overdue(waiting, now)) {
        standBack(entry, now);
      }
    }
  }

  /** Begins to load a model, or to make room for it; whether anything was begun or is under way. */
  private boolean begin(Slot slot, Placement where, Entry entry, boolean ahead, Instant now) {
    if (!entry.trouble().isEmpty()) {
      refuseAll(entry.model(), entry.trouble(), true);
      slots.put(slot.model(), slot.wanted(false));
      return true;
    }
    Demand demand = new Demand(entry.model(), entry.variants(), ahead);
    return switch (where.decide(demand)) {
      case Decision.Use use -> true;
      case Decision.Load load when load.evict().isEmpty() -> {
        Slot.Place place =
            new Slot.Place(load.variant(), load.card(), load.estimate(), load.estimate().total());
        slots.put(slot.model(), slot.loading(place, false, now));
        free(slot.model());
        effects.add(new Effect.Load(slot.model(), load.variant(), load.card(), load.estimate()));
        tell(Effect.Kind.LOADING, slots.get(slot.model()), "");
        yield true;
      }
      case Decision.Load load -> {
        cleared.put(load.card(), slot.model());
        load.evict()
            .forEach(
                victim ->
                    unload(
                        slot(victim.model()),
                        Effect.Kind.EVICTED,
                        "room is made for " + slot.model()));
        yield true;
      }
      case Decision.Wait wait -> false;
      case Decision.Refuse refusal -> {
        Decision anywhere =
            ahead
                ? refusal
                : new Placement(cards, residents(now), rules.mostModels()).decide(demand);
        if (anywhere instanceof Decision.Refuse(String reason) && !ahead) {
          refuseAll(entry.model(), reason, !fitsWithoutOthers(demand, now));
          slots.put(slot.model(), slot.wanted(false));
        }
        yield false;
      }
    };
  }

  /** Whether it would fit if nobody outside of the pool held memory. */
  private boolean fitsWithoutOthers(Demand demand, Instant now) {
    List<Card> alone =
        cards.stream()
            .map(card -> new Card(card.id(), card.total(), Bytes.ZERO, card.marks()))
            .toList();
    return !(new Placement(alone, residents(now), rules.mostModels()).decide(demand)
        instanceof Decision.Refuse);
  }

  /** Where a model may go: not onto a card that is cleared for another. */
  private Placement placement(String model, Instant now) {
    List<Card> open =
        cards.stream()
            .filter(card -> cleared.getOrDefault(card.id(), model).equals(model))
            .toList();
    return new Placement(open, residents(now), rules.mostModels());
  }

  /** Nobody new gets what is in the way of one who has waited too long. */
  private void standBack(Entry entry, Instant now) {
    List<Resident> asIfUnused =
        residents(now).stream()
            .map(
                r ->
                    new Resident(
                        r.model(),
                        r.variant(),
                        r.card(),
                        r.held(),
                        r.phase(),
                        0,
                        r.pinned(),
                        r.lastUsed(),
                        r.reload(),
                        r.likelihood()))
            .toList();
    List<Card> open =
        cards.stream()
            .filter(card -> cleared.getOrDefault(card.id(), entry.model()).equals(entry.model()))
            .toList();
    if (new Placement(open, asIfUnused, rules.mostModels())
            .decide(new Demand(entry.model(), entry.variants(), false))
        instanceof Decision.Load load) {
      cleared.put(load.card(), entry.model());
      load.evict()
          .forEach(
              victim ->
                  slots.computeIfPresent(victim.model(), (model, slot) -> slot.draining(true)));
    }
  }

  /** Models lend again once nobody waits for their place. */
  private void undrain() {
    for (Slot slot : List.copyOf(slots.values())) {
      if (slot.draining()
          && slot.place().filter(place -> cleared.containsKey(place.card())).isEmpty()
          && (rules.mostModels() == Integer.MAX_VALUE || cleared.isEmpty())) {
        slots.put(slot.model(), slot.draining(false));
      }
    }
  }

  private void foresee(String model, Instant now) {
    prediction = prediction.wanted(model);
    Optional<String> next = prediction.next(rules.confidence(), SEEN_FOR_PREDICTION);
    next.map(slots::get)
        .filter(slot -> slot.state() == ModelState.ABSENT)
        .ifPresent(
            slot -> {
              Entry entry = entries.get(slot.model());
              if (entry != null && entry.trouble().isEmpty()) {
                ahead(slot, entry, now);
              }
            });
  }

  private void ahead(Slot slot, Entry entry, Instant now) {
    Decision decision =
        placement(slot.model(), now).decide(new Demand(entry.model(), entry.variants(), true));
    if (decision instanceof Decision.Load load && load.evict().isEmpty()) {
      Slot.Place place =
          new Slot.Place(load.variant(), load.card(), load.estimate(), load.estimate().total());
      slots.put(slot.model(), slot.loading(place, true, now));
      effects.add(new Effect.Load(slot.model(), load.variant(), load.card(), load.estimate()));
      tell(Effect.Kind.LOADING, slots.get(slot.model()), "it is likely to be wanted next");
      foresight = new Foresight(foresight.loaded() + 1, foresight.used(), foresight.wasted());
    }
  }

  private void unload(Slot slot, Effect.Kind how, String reason) {
    if (happened(slot, Happening.UNLOAD).isEmpty()) {
      return;
    }
    Slot.Place place = slot.place().orElseThrow();
    if (slot.predicted()) {
      foresight = new Foresight(foresight.loaded(), foresight.used(), foresight.wasted() + 1);
    }
    tell(Effect.Kind.UNLOADING, slot, reason);
    leaving.put(slot.model(), how);
    slots.put(slot.model(), slot.unloading(reason, slot.lastUsed()));
    effects.add(new Effect.Unload(slot.model(), place.variant(), place.card(), place.held()));
  }

  private void refuseAll(String model, String reason, boolean forGood) {
    for (Collation.Waiting waiting : List.copyOf(queue)) {
      if (waiting.model().equals(model)) {
        refuse(waiting, reason, forGood);
      }
    }
  }

  private void refuse(Collation.Waiting waiting, String reason, boolean forGood) {
    queue.remove(waiting);
    times.remove(waiting.number());
    effects.add(new Effect.Refuse(waiting.number(), reason, forGood));
  }

  private void tell(Effect.Kind kind, Slot slot, String reason) {
    effects.add(
        new Effect.Tell(
            kind,
            slot.model(),
            slot.place().map(Slot.Place::variant),
            slot.place().map(Slot.Place::card),
            reason));
  }

  private void free(String model) {
    cleared.values().removeIf(model::equals);
  }

  private List<Resident> residents(Instant now) {
    return slots.values().stream()
        .filter(slot -> slot.state().resident())
        .flatMap(slot -> slot.place().map(place -> resident(slot, place, now)).stream())
        .toList();
  }

  private List<Resident> on(CardId card, Instant now) {
    return residents(now).stream().filter(resident -> resident.card().equals(card)).toList();
  }

  private Resident resident(Slot slot, Slot.Place place, Instant now) {
    Entry entry = entries.get(slot.model());
    return new Resident(
        slot.model(),
        place.variant(),
        place.card(),
        place.held(),
        switch (slot.state()) {
          case LOADING -> Resident.Phase.LOADING;
          case UNLOADING -> Resident.Phase.UNLOADING;
          case READY, ABSENT, FAILED -> Resident.Phase.READY;
        },
        Math.max(leases(slot.model()), waiting(slot.model()) > 0 && !slot.draining() ? 1 : 0),
        pinned(slot),
        slot.lastUsed(),
        entry == null ? Duration.ZERO : entry.loadTime(),
        uses.likelihood(slot.model(), now) + (entry != null && entry.preload() ? 1 : 0));
  }

  private static Optional<ModelState> happened(Slot slot, Happening happening) {
    return slot.state().after(happening);
  }

  /** The slot of a model that has one. */
  private Slot slot(String model) {
    return Objects.requireNonNull(slots.get(model));
  }

  private boolean is(String model, ModelState state) {
    Slot slot = slots.get(model);
    return slot != null && slot.state() == state;
  }

  private boolean pinned(Slot slot) {
    Entry entry = entries.get(slot.model());
    return slot.pinned() || (entry != null && entry.pinned());
  }

  private boolean unused(String model) {
    return leases(model) == 0 && waiting(model) == 0;
  }

  private int leases(String model) {
    return (int) leases.values().stream().filter(lease -> lease.model().equals(model)).count();
  }

  private int waiting(String model) {
    return (int) queue.stream().filter(waiting -> waiting.model().equals(model)).count();
  }

  private int busy(String holder) {
    return (int) leases.values().stream().filter(lease -> lease.holder().equals(holder)).count();
  }

  private boolean overdue(Collation.Waiting waiting, Instant now) {
    return !waiting.since().plus(rules.patience()).isAfter(now);
  }
}
