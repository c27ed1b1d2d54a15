package dev.flotilla.assistant.models.catalogue;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.MachineCards;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On which card the memory is that agents declare: the one their {@code CUDA_VISIBLE_DEVICES}
 * names, else the one with most room, the largest agents first. Pure.
 */
final class DeclaredVram {
  private DeclaredVram() {}

  /** By card and agent. */
  static Map<Integer, Map<String, Bytes>> of(List<Agent> agents, List<MachineCards.Card> cards) {
    Map<Integer, Map<String, Bytes>> declared = new LinkedHashMap<>();
    Map<Integer, Long> room = new HashMap<>();
    for (MachineCards.Card card : cards) {
      declared.put(card.index(), new LinkedHashMap<>());
      room.put(card.index(), card.total().count());
    }
    if (cards.isEmpty()) {
      return declared;
    }
    List<Agent> largestFirst =
        agents.stream()
            .filter(agent -> agent.limits().vram().isPresent())
            .sorted(
                Comparator.comparing((Agent agent) -> chosen(agent, declared).isEmpty())
                    .thenComparing(
                        agent -> agent.limits().vram().orElse(Bytes.ZERO),
                        Comparator.reverseOrder())
                    .thenComparing(Agent::id))
            .toList();
    for (Agent agent : largestFirst) {
      Bytes wanted = agent.limits().vram().orElseThrow();
      int card =
          chosen(agent, declared)
              .orElseGet(
                  () ->
                      room.entrySet().stream()
                          .max(
                              Map.Entry.<Integer, Long>comparingByValue()
                                  .thenComparing(
                                      Map.Entry.comparingByKey(Comparator.reverseOrder())))
                          .orElseThrow()
                          .getKey());
      room.merge(card, -wanted.count(), Long::sum);
      declared.computeIfAbsent(card, index -> new LinkedHashMap<>()).put(agent.id().name(), wanted);
    }
    return declared;
  }

  private static Optional<Integer> chosen(Agent agent, Map<Integer, ?> cards) {
    return Optional.ofNullable(agent.environment().get("CUDA_VISIBLE_DEVICES"))
        .filter(text -> text.matches("\\d{1,2}"))
        .map(Integer::parseInt)
        .filter(cards::containsKey);
  }
}
