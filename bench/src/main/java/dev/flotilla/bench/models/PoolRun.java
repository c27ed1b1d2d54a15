package dev.flotilla.bench.models;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Demand;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Entry;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.assistant.models.pool.Request;
import dev.flotilla.assistant.models.pool.Rules;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pool itself on a trace: loads and unloads end at once, each request holds its model 1 s. */
final class PoolRun {
  private static final CardId BIG = new CardId("pc", 0);
  private static final CardId SMALL = new CardId("pc", 1);

  private final Pool pool;
  private Instant now = Instant.EPOCH;
  private int loads;
  private int overcommitted;
  private long ids;

  private PoolRun(Workload workload) {
    pool = new Pool(Rules.DEFAULT, () -> Long.toString(++ids));
    pool.cards(
        List.of(
            new Card(BIG, gib(24), Bytes.ZERO, Card.WaterMarks.DEFAULT),
            new Card(SMALL, gib(12), Bytes.ZERO, Card.WaterMarks.DEFAULT)),
        now);
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < workload.sizes().size(); i++) {
      Estimate estimate = new Estimate(gib(workload.sizes().get(i)), Bytes.ZERO, Bytes.ZERO, 1);
      entries.put(
          "m" + i,
          new Entry(
              "m" + i,
              List.of(new Demand.Variant("default", Map.of(BIG, estimate, SMALL, estimate))),
              false,
              false,
              Duration.ofDays(1),
              Duration.ofSeconds(5),
              0,
              ""));
    }
    pool.catalogue(entries, now);
  }

  /** What a trace took. */
  record Result(int loads, int overcommitted) {}

  static Result of(Workload workload) {
    PoolRun run = new PoolRun(workload);
    for (int i = 0; i < workload.trace().size(); i++) {
      run.serve(i, "m" + workload.trace().get(i));
    }
    return new Result(run.loads, run.overcommitted);
  }

  /** Loads when so many ask at once, again and again, for the given models in turn. */
  static int atOnce(Workload workload, List<Integer> models, int rounds) {
    PoolRun run = new PoolRun(workload);
    long number = 0;
    for (int round = 0; round < rounds; round++) {
      Deque<Effect> open = new ArrayDeque<>();
      for (int model : models) {
        open.addAll(run.pool.ask(request(number++, "m" + model), run.now));
      }
      run.see(open);
    }
    return run.loads;
  }

  private static Request request(long number, String model) {
    return new Request(number, model, "bench", 0, Duration.ofHours(1));
  }

  private void serve(long number, String model) {
    see(new ArrayDeque<>(pool.ask(request(number, model), now)));
  }

  private void see(Deque<Effect> open) {
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Effect.Load load -> {
          loads++;
          for (Card card : pool.cards()) {
            if (pool.held(card.id()).count() > card.ceiling()) {
              overcommitted++;
            }
          }
          open.addAll(pool.loaded(load.model(), "", Optional.empty(), now));
        }
        case Effect.Unload unload -> open.addAll(pool.gone(unload.model(), now));
        case Effect.Grant grant -> {
          now = now.plusSeconds(1);
          open.addAll(pool.release(grant.lease().id(), now));
        }
        case Effect.Refuse refuse -> throw new IllegalStateException(refuse.reason());
        case Effect.Tell tell -> now = now.plusNanos(1);
      }
    }
  }

  private static Bytes gib(long gibibytes) {
    return new Bytes(gibibytes << 30);
  }
}
