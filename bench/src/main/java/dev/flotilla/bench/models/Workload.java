package dev.flotilla.bench.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Requests for models, one after the other, on two cards.
 *
 * @param sizes of the models in GiB
 * @param trace which model each request wants
 */
record Workload(String name, List<Integer> sizes, List<Integer> trace) {
  /** What a card of 24 and one of 12 GiB give below their high marks. */
  static final double[] CARDS = {21.6, 10.8};

  private static final List<Integer> SIZES = List.of(4, 5, 6, 7, 8, 9, 12, 16);
  private static final int LENGTH = 400;

  /** Every kind of trace, from one seed. */
  static List<Workload> all(long seed) {
    return List.of(popular(seed), sessions(seed), shifting(seed), chains(seed), bursts(seed));
  }

  /** Independent requests, some models far more wanted than others. */
  private static Workload popular(long seed) {
    Random random = new Random(seed);
    List<Integer> trace = new ArrayList<>();
    List<Integer> ranks = ranks(random);
    for (int i = 0; i < LENGTH; i++) {
      trace.add(ranks.get(zipf(random)));
    }
    return new Workload("popular (Zipf 1.2)", SIZES, trace);
  }

  /** Conversations of about twelve requests with one model each. */
  private static Workload sessions(long seed) {
    Random random = new Random(seed + 1);
    List<Integer> trace = new ArrayList<>();
    List<Integer> ranks = ranks(random);
    int model = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (i == 0 || random.nextInt(12) == 0) {
        model = ranks.get(zipf(random));
      }
      trace.add(model);
    }
    return new Workload("sessions", SIZES, trace);
  }

  /** What is popular changes every hundred requests. */
  private static Workload shifting(long seed) {
    Random random = new Random(seed + 2);
    List<Integer> trace = new ArrayList<>();
    List<Integer> ranks = ranks(random);
    for (int i = 0; i < LENGTH; i++) {
      if (i % 100 == 99) {
        ranks = ranks(random);
      }
      trace.add(ranks.get(zipf(random)));
    }
    return new Workload("shifting", SIZES, trace);
  }

  /** Speech, language, speech again, as an assistant does, with other models in between. */
  private static Workload chains(long seed) {
    Random random = new Random(seed + 3);
    List<Integer> trace = new ArrayList<>();
    while (trace.size() < LENGTH) {
      if (random.nextInt(4) == 0) {
        trace.add(random.nextInt(SIZES.size()));
      } else {
        trace.addAll(List.of(0, random.nextInt(3) == 0 ? 7 : 4, 1));
      }
    }
    return new Workload("chains", SIZES, trace.subList(0, LENGTH));
  }

  /** Three large models in turn, two at a time do not fit. */
  private static Workload bursts(long seed) {
    Random random = new Random(seed + 4);
    List<Integer> trace = new ArrayList<>();
    while (trace.size() < LENGTH) {
      int model = List.of(7, 6, 5).get(trace.size() / 8 % 3);
      trace.add(random.nextInt(6) == 0 ? random.nextInt(3) : model);
    }
    return new Workload("large ones in turn", SIZES, trace);
  }

  private static List<Integer> ranks(Random random) {
    List<Integer> ranks = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
    Collections.shuffle(ranks, random);
    return ranks;
  }

  private static int zipf(Random random) {
    double sum = 0;
    for (int i = 1; i <= SIZES.size(); i++) {
      sum += Math.pow(i, -1.2);
    }
    double draw = random.nextDouble() * sum;
    for (int i = 1; i <= SIZES.size(); i++) {
      draw -= Math.pow(i, -1.2);
      if (draw <= 0) {
        return i - 1;
      }
    }
    return SIZES.size() - 1;
  }
}
