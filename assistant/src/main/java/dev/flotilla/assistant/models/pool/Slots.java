package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Every model of the catalogue with what is known of it. For one thread at a time. */
final class Slots {
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private Map<String, Entry> entries = Map.of();
  private boolean surveyed = true;

  /** From now on models that are new may be served already, until all machines were looked at. */
  void survey() {
    surveyed = false;
  }

  /** What was not found serving is absent. */
  void surveyed(Instant now) {
    surveyed = true;
    slots.replaceAll(
        (model, slot) ->
            slot.state().after(ModelState.Happening.SURVEYED).isPresent() ? slot.gone(now) : slot);
  }

  /** Another catalogue; models that left it stay until nothing of them is on a card. */
  void catalogue(Map<String, Entry> next, Instant now) {
    entries = Map.copyOf(next);
    next.keySet()
        .forEach(
            model ->
                slots.putIfAbsent(
                    model, surveyed ? Slot.absent(model, now) : Slot.unknown(model, now)));
    slots.values().removeIf(slot -> !next.containsKey(slot.model()) && !slot.state().resident());
  }

  Collection<String> catalogued() {
    return entries.keySet();
  }

  Optional<Entry> entry(String model) {
    return Optional.ofNullable(entries.get(model));
  }

  Optional<Slot> find(String model) {
    return Optional.ofNullable(slots.get(model));
  }

  /** The slot of a model that has one. */
  Slot get(String model) {
    return Objects.requireNonNull(slots.get(model));
  }

  void put(Slot slot) {
    slots.put(slot.model(), slot);
  }

  void change(String model, UnaryOperator<Slot> change) {
    slots.computeIfPresent(model, (m, slot) -> change.apply(slot));
  }

  void remove(String model) {
    slots.remove(model);
  }

  List<Slot> all() {
    return new ArrayList<>(slots.values());
  }

  boolean is(String model, ModelState state) {
    return find(model).filter(slot -> slot.state() == state).isPresent();
  }

  boolean pinned(Slot slot) {
    return slot.pinned() || entry(slot.model()).filter(Entry::pinned).isPresent();
  }

  /** What models hold on a card that are in such a state. */
  Bytes held(CardId card, Predicate<ModelState> state) {
    return new Bytes(
        slots.values().stream()
            .filter(slot -> state.test(slot.state()))
            .flatMap(slot -> slot.place().stream())
            .filter(place -> place.card().equals(card))
            .mapToLong(place -> place.held().count())
            .sum());
  }
}
