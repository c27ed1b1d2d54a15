package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides where a model goes. What is loaded already is used; else the best variant goes to the
 * card with room that it leaves least of, a smaller one before a larger; else to where making room
 * costs least, where a card that larger models need costs more than one that is large enough, so
 * that small models keep to small cards; a lesser variant only when a better one could not be
 * loaded even on empty cards or would have to wait.
 *
 * <p>For every decision {@code Load}: what the card then holds, with everything on its way in or
 * out counted whole, is at most its ceiling.
 */
public final class Placement {
  /**
   * What it costs to take a large card where a smaller would do, as a share of what the model is
   * worth there: large models will want the place, and have it leave.
   */
  private static final double LARGER_THAN_NEEDED = 0.2;

  private final List<Card> cards;
  private final List<Resident> residents;
  private final int mostModels;

  /**
   * @param mostModels how many models may be loaded at once, at least 1
   */
  public Placement(List<Card> cards, List<Resident> residents, int mostModels) {
    this.cards = cards.stream().sorted(Comparator.comparing(Card::id)).toList();
    this.residents = List.copyOf(residents);
    this.mostModels = mostModels;
  }

  public Decision decide(Demand demand) {
    for (Demand.Variant variant : demand.variants()) {
      Optional<Resident> there = loaded(demand.model(), variant.name());
      if (there.isPresent()) {
        return switch (there.get().phase()) {
          case READY -> new Decision.Use(there.get());
          case LOADING -> new Decision.Wait(demand.model() + " is being loaded");
          case UNLOADING -> new Decision.Wait(demand.model() + " is being unloaded");
        };
      }
    }
    List<String> arithmetic = new ArrayList<>();
    boolean couldFit = false;
    for (Demand.Variant variant : demand.variants()) {
      Optional<Decision> load = bestLoad(demand, variant);
      if (load.isPresent()) {
        return load.get();
      }
      couldFit |= fitsSomewhereEmpty(variant, arithmetic);
    }
    return couldFit
        ? new Decision.Wait(waitingFor(demand))
        : new Decision.Refuse(refusal(demand, arithmetic));
  }

  private Optional<Decision> bestLoad(Demand demand, Demand.Variant variant) {
    List<Option> options = new ArrayList<>();
    for (Card card : cards) {
      Estimate estimate = variant.estimates().get(card.id());
      if (estimate != null) {
        option(demand, variant, card, estimate).ifPresent(options::add);
      }
    }
    return options.stream()
        .min(Option.BEST_FIRST)
        .map(o -> new Decision.Load(variant.name(), o.card().id(), o.estimate(), o.evict()));
  }

  private Optional<Option> option(
      Demand demand, Demand.Variant variant, Card card, Estimate estimate) {
    long room = card.ceiling() - held(card.id());
    long missing = estimate.total().count() - room;
    int tooMany = residents.size() + 1 - mostModels;
    double taking = demand.worth() * tooLarge(card, estimate, variant);
    if (missing <= 0 && tooMany <= 0) {
      return Optional.of(new Option(card, estimate, List.of(), taking, room));
    }
    if (demand.preload()) {
      return Optional.empty();
    }
    return Eviction.choose(on(card.id()), residents, Math.max(0, missing), Math.max(0, tooMany))
        .map(evict -> new Option(card, estimate, evict, Eviction.regret(evict) + taking, room));
  }

  private double tooLarge(Card card, Estimate estimate, Demand.Variant variant) {
    double size = estimate.total().count();
    boolean smallerWouldDo =
        cards.stream()
            .filter(other -> !other.id().isCpu() && other.ceiling() < card.ceiling())
            .anyMatch(
                other ->
                    Optional.ofNullable(variant.estimates().get(other.id()))
                        .filter(there -> there.total().count() <= other.ceiling())
                        .isPresent());
    return smallerWouldDo ? LARGER_THAN_NEEDED * size / card.ceiling() : 0;
  }

  private boolean fitsSomewhereEmpty(Demand.Variant variant, List<String> arithmetic) {
    boolean fits = false;
    for (Card card : cards) {
      Estimate estimate = variant.estimates().get(card.id());
      if (estimate == null) {
        continue;
      }
      long pinned =
          on(card.id()).stream().filter(Resident::pinned).mapToLong(r -> r.held().count()).sum();
      long most = Math.max(0, card.ceiling() - pinned);
      fits |= estimate.total().count() <= most;
      arithmetic.add(
          "%s on %s: %s, of which at most %s can be had (%s of %s, less %s taken by others and %s pinned)"
              .formatted(
                  variant.name(),
                  card.id(),
                  estimate.arithmetic(),
                  new Bytes(most),
                  percent(card.marks().high()),
                  card.total(),
                  card.foreign(),
                  new Bytes(pinned)));
    }
    return fits;
  }

  private String waitingFor(Demand demand) {
    List<String> busy =
        residents.stream()
            .filter(r -> r.leases() > 0 || r.phase() != Resident.Phase.READY)
            .map(Resident::model)
            .distinct()
            .toList();
    return "%s fits once %s"
        .formatted(
            demand.model(),
            busy.isEmpty() ? "memory is free" : String.join(", ", busy) + " is no longer in use");
  }

  private static String refusal(Demand demand, List<String> arithmetic) {
    return arithmetic.isEmpty()
        ? demand.model() + " may not be loaded on any card of this fleet"
        : demand.model() + " does not fit: " + String.join("; ", arithmetic);
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  private Optional<Resident> loaded(String model, String variant) {
    return residents.stream()
        .filter(r -> r.model().equals(model) && r.variant().equals(variant))
        .min(
            Comparator.comparing(
                Resident::phase, Comparator.comparing(p -> p != Resident.Phase.READY)));
  }

  private List<Resident> on(CardId card) {
    return residents.stream().filter(r -> r.card().equals(card)).toList();
  }

  private long held(CardId card) {
    return on(card).stream().mapToLong(r -> r.held().count()).sum();
  }

  /**
   * @param cost seconds of loading to be expected for it later
   */
  private record Option(
      Card card, Estimate estimate, List<Resident> evict, double cost, long room) {
    static final Comparator<Option> BEST_FIRST =
        Comparator.comparing((Option o) -> o.card.id().isCpu())
            .thenComparing(o -> !o.evict.isEmpty())
            .thenComparingDouble(Option::cost)
            .thenComparingInt(o -> o.evict.size())
            .thenComparingLong(o -> o.room)
            .thenComparing(o -> o.card.id());
  }
}
