package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that takes memory on a card.
 *
 * @param what for people: {@code agent Vision}, {@code model chat}
 * @param card the only card it may be on; empty for any of its machine
 * @param resident whether it is always there; else it is loaded when it is asked for
 */
public record VramItem(String what, Bytes vram, OptionalInt card, boolean resident) {

  /** All that the manifest puts on the cards of a machine, in manifest order. */
  static List<VramItem> of(Fleet fleet, Machine machine) {
    List<VramItem> items = new ArrayList<>();
    for (Agent agent : fleet.agentsOn(machine.name())) {
      agent
          .limits()
          .vram()
          .filter(v -> v.count() > 0)
          .ifPresent(
              v -> items.add(new VramItem("agent " + agent.id().name(), v, card(agent), true)));
    }
    for (Model model : fleet.models().values()) {
      Optional<Bytes> vram = model.vram().filter(v -> v.count() > 0);
      if (vram.isPresent() && isHome(fleet, model, machine)) {
        boolean resident = model.pinned() || model.preload();
        items.add(new VramItem("model " + model.name(), vram.get(), OptionalInt.empty(), resident));
      }
    }
    return items;
  }

  /** A resident model counts on the first machine it may be on that has a card. */
  private static boolean isHome(Fleet fleet, Model model, Machine machine) {
    if (!model.pinned() && !model.preload()) {
      return model.machines().isEmpty() || model.machines().contains(machine.name());
    }
    return fleet.machines().values().stream()
        .filter(m -> !m.gpus().isEmpty())
        .filter(m -> model.machines().isEmpty() || model.machines().contains(m.name()))
        .findFirst()
        .map(first -> first.name().equals(machine.name()))
        .orElse(false);
  }

  private static OptionalInt card(Agent agent) {
    String visible = agent.environment().getOrDefault("CUDA_VISIBLE_DEVICES", "").strip();
    return visible.matches("\\d{1,3}")
        ? OptionalInt.of(Integer.parseInt(visible))
        : OptionalInt.empty();
  }
}
