package dev.flotilla.bench.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What others do: the model used longest ago leaves first. A new one goes to the first card with
 * room, or, as Ollama does it, to the card with most of it.
 */
final class Recent {
  private final Workload workload;
  private final boolean mostFree;
  private final List<Map<Integer, Integer>> cards =
      List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
  private final Map<Integer, Integer> lastUsed = new HashMap<>();

  private Recent(Workload workload, boolean mostFree) {
    this.workload = workload;
    this.mostFree = mostFree;
  }

  static int loads(Workload workload, boolean mostFree) {
    Recent recent = new Recent(workload, mostFree);
    int loads = 0;
    for (int i = 0; i < workload.trace().size(); i++) {
      int model = workload.trace().get(i);
      if (recent.cards.stream().noneMatch(card -> card.containsKey(model))) {
        recent.load(model);
        loads++;
      }
      recent.lastUsed.put(model, i);
    }
    return loads;
  }

  private void load(int model) {
    int size = workload.sizes().get(model);
    while (true) {
      Optional<Integer> card =
          IntStream.range(0, cards.size())
              .boxed()
              .filter(c -> room(c) >= size)
              .min(
                  mostFree ? Comparator.comparingDouble(c -> -room(c)) : Comparator.naturalOrder());
      if (card.isPresent()) {
        var _ = cards.get(card.get()).put(model, size);
        return;
      }
      List<Integer> leaving = new ArrayList<>();
      for (int c = 0; c < cards.size(); c++) {
        if (Workload.CARDS[c] >= size) {
          leaving.addAll(cards.get(c).keySet());
        }
      }
      int oldest =
          leaving.stream()
              .min(Comparator.comparing(m -> lastUsed.getOrDefault(m, -1)))
              .orElseThrow();
      cards.forEach(c -> c.remove(oldest));
    }
  }

  private double room(int card) {
    return Workload.CARDS[card]
        - cards.get(card).values().stream().mapToInt(Integer::intValue).sum();
  }
}
