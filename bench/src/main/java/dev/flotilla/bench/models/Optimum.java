package dev.flotilla.bench.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fewest loads with which a trace can be served in its order by somebody who knows all of it:
 * the shortest way through all states of both cards.
 */
final class Optimum {
  private final List<Integer> sizes;

  private Optimum(List<Integer> sizes) {
    this.sizes = sizes;
  }

  static int loads(Workload workload) {
    Optimum optimum = new Optimum(workload.sizes());
    Map<Integer, Integer> costs = Map.of(0, 0);
    for (int model : workload.trace()) {
      costs = optimum.after(costs, model);
    }
    return costs.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
  }

  /** A state has eight bits for the models on each card. */
  private Map<Integer, Integer> after(Map<Integer, Integer> costs, int model) {
    Map<Integer, Integer> next = new HashMap<>();
    costs.forEach(
        (state, cost) -> {
          if (holds(on(state, 0), model) || holds(on(state, 1), model)) {
            next.merge(state, cost, Math::min);
          } else {
            for (int card = 0; card < Workload.CARDS.length; card++) {
              for (int kept : kept(on(state, card), Workload.CARDS[card] - sizes.get(model))) {
                int there = kept | (1 << model);
                int other = on(state, 1 - card);
                next.merge(
                    card == 0 ? there | (other << 8) : other | (there << 8), cost + 1, Math::min);
              }
            }
          }
        });
    return next;
  }

  private static boolean holds(int set, int model) {
    return ((set >> model) & 1) == 1;
  }

  private static int on(int state, int card) {
    return (state >> (8 * card)) & 255;
  }

  /** The largest sets of models that may stay on a card; to keep fewer is never better. */
  private List<Integer> kept(int present, double room) {
    List<Integer> fitting = new ArrayList<>();
    if (room < 0) {
      return fitting;
    }
    for (int set = present; ; set = (set - 1) & present) {
      int candidate = set;
      if (size(set) <= room && fitting.stream().noneMatch(f -> (f & candidate) == candidate)) {
        fitting.add(set);
      }
      if (set == 0) {
        return fitting;
      }
    }
  }

  private int size(int set) {
    int sum = 0;
    for (int i = 0; i < sizes.size(); i++) {
      sum += holds(set, i) ? sizes.get(i) : 0;
    }
    return sum;
  }
}
