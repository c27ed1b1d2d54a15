package dev.flotilla.hub.twin;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What happens when a model is put on a card.
 *
 * @param fits whether it and all that is always there find a place
 * @param cards one line a card of the machine, with its arithmetic, after the placement
 * @param moves what must go to another card to make room
 * @param noLongerFits what is always there and would lose its place
 * @param noLongerLoadable models that could be loaded on demand before and not after
 * @param verdict one sentence
 */
public record ModelPlacement(
    boolean fits,
    List<String> cards,
    List<Item> moves,
    List<Item> noLongerFits,
    List<Item> noLongerLoadable,
    String verdict) {

  /** Something on a card. */
  public record Item(String what, Bytes vram) {
    static Item of(VramItem item) {
      return new Item(item.what(), item.vram());
    }
  }

  /**
   * Puts a model on a card of a machine. Pure.
   *
   * @param model its name; what the manifest says of this model does not count beside it
   * @param card one of the machine's; empty for the first with room, else the roomiest
   */
  public static ModelPlacement of(
      Fleet fleet, Machine machine, OptionalInt card, String model, Bytes vram) {
    String what = "model " + model;
    List<VramItem> items =
        VramItem.of(fleet, machine).stream().filter(i -> !i.what().equals(what)).toList();
    VramPlan before = VramPlan.of(machine, items);
    VramItem free = new VramItem(what, vram, card, true);
    if (before.hasRoomFor(free)) {
      VramPlan after = before.beside(free);
      return answer(free, items, before, after);
    }
    OptionalInt target = card.isPresent() ? card : roomiest(before);
    VramItem bound = new VramItem(what, vram, target, true);
    return answer(bound, items, before, VramPlan.first(bound, machine, items));
  }

  private static ModelPlacement answer(
      VramItem placed, List<VramItem> items, VramPlan before, VramPlan after) {
    List<Item> losers =
        after.homeless().stream()
            .filter(i -> !i.equals(placed) && !before.homeless().contains(i))
            .map(Item::of)
            .toList();
    List<Item> moves =
        items.stream()
            .filter(VramItem::resident)
            .filter(i -> after.cardOf(i).isPresent())
            .filter(i -> !card(before, i).equals(card(after, i)))
            .map(Item::of)
            .toList();
    List<Item> unloadable =
        items.stream()
            .filter(i -> !i.resident() && before.hasRoomFor(i) && !after.hasRoomFor(i))
            .map(Item::of)
            .toList();
    boolean fits = losers.isEmpty() && after.cardOf(placed).isPresent();
    List<String> cards =
        after.cards().stream().map(c -> c.title() + ": " + c.arithmetic()).toList();
    return new ModelPlacement(
        fits,
        cards,
        moves,
        losers,
        unloadable,
        fits ? fitting(placed, after, moves) : failing(placed, before, losers));
  }

  private static String fitting(VramItem placed, VramPlan after, List<Item> moves) {
    String where = after.cardOf(placed).map(c -> c.title() + ": " + c.arithmetic()).orElse("");
    return placed.what()
        + " fits on "
        + where
        + (moves.isEmpty() ? "" : ", once " + joined(moves) + " moves to another card");
  }

  private static String failing(VramItem placed, VramPlan before, List<Item> losers) {
    String shortage =
        before.cards().stream()
            .filter(c -> placed.card().isPresent() && c.gpu().index() == placed.card().getAsInt())
            .findFirst()
            .map(c -> shortage(placed, c))
            .orElse("the machine has no such card");
    return "%s does not fit: %s%s"
        .formatted(
            placed.what(),
            shortage,
            losers.isEmpty() ? "" : "; putting it there would push out " + joined(losers));
  }

  private static String shortage(VramItem placed, CardLoad card) {
    Bytes missing = new Bytes(placed.vram().count() - card.free().count());
    return "%s asked, %s: %s; %s missing"
        .formatted(placed.vram(), card.title(), card.arithmetic(), missing);
  }

  private static String card(VramPlan plan, VramItem item) {
    return plan.cardOf(item).map(CardLoad::title).orElse("");
  }

  private static OptionalInt roomiest(VramPlan plan) {
    return plan.cards().stream()
        .max(Comparator.comparing(CardLoad::free))
        .map(c -> OptionalInt.of(c.gpu().index()))
        .orElse(OptionalInt.empty());
  }

  private static String joined(List<Item> items) {
    return items.stream()
        .map(i -> i.what() + " (" + i.vram() + ")")
        .collect(Collectors.joining(", "));
  }
}
