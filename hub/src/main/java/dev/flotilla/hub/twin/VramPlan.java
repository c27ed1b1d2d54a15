package dev.flotilla.hub.twin;

import dev.flotilla.model.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What lies on which card of one machine. Items bound to a card come first, then the others, the
 * largest first, each on the first card where it fits. Pure.
 *
 * @param cards in index order
 * @param homeless resident items that fit on no card
 */
record VramPlan(List<CardLoad> cards, List<VramItem> homeless) {
  VramPlan {
    cards = List.copyOf(cards);
    homeless = List.copyOf(homeless);
  }

  static VramPlan of(Machine machine, List<VramItem> items) {
    Comparator<VramItem> boundFirst = Comparator.comparing(i -> i.card().isEmpty());
    return inOrder(
        machine,
        items.stream()
            .filter(VramItem::resident)
            .sorted(boundFirst.thenComparing(Comparator.comparing(VramItem::vram).reversed()))
            .toList());
  }

  /** As {@link #of}, but one item chooses its place before all others. */
  static VramPlan first(VramItem item, Machine machine, List<VramItem> items) {
    List<VramItem> order = new ArrayList<>(List.of(item));
    VramPlan others = of(machine, items);
    others.cards.forEach(card -> order.addAll(card.items()));
    order.addAll(others.homeless);
    return inOrder(machine, order);
  }

  private static VramPlan inOrder(Machine machine, List<VramItem> order) {
    List<CardLoad> cards = new ArrayList<>();
    machine.gpus().forEach(gpu -> cards.add(new CardLoad(machine.name(), gpu, List.of())));
    List<VramItem> homeless = new ArrayList<>();
    for (VramItem item : order) {
      if (!place(cards, item)) {
        homeless.add(item);
      }
    }
    return new VramPlan(cards, homeless);
  }

  /** With one more item beside all that lies there. */
  VramPlan beside(VramItem item) {
    List<CardLoad> more = new ArrayList<>(cards);
    return place(more, item)
        ? new VramPlan(more, homeless)
        : new VramPlan(cards, Stream.concat(homeless.stream(), Stream.of(item)).toList());
  }

  Optional<CardLoad> cardOf(VramItem item) {
    return cards.stream().filter(c -> c.items().contains(item)).findFirst();
  }

  /** Whether something more would fit beside all that lies there. */
  boolean hasRoomFor(VramItem item) {
    return cards.stream().anyMatch(c -> mayLie(item.card(), c) && c.fits(item.vram()));
  }

  private static boolean place(List<CardLoad> cards, VramItem item) {
    for (int i = 0; i < cards.size(); i++) {
      CardLoad card = cards.get(i);
      if (mayLie(item.card(), card) && card.fits(item.vram())) {
        cards.set(i, card.with(item));
        return true;
      }
    }
    return false;
  }

  private static boolean mayLie(OptionalInt only, CardLoad card) {
    return only.isEmpty() || only.getAsInt() == card.gpu().index();
  }
}
