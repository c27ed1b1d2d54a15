package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolPromisesTest extends PoolSetup {
  /** A fleet of models on two cards, with loads and uses that end at random. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverComesNothingIsPromisedTwiceAndNobodyWaitsForEver(long seed) {
    Random random = new Random(seed);
    Map<String, Entry> catalogue = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      catalogue.put("m" + i, entry("m" + i, 2 + random.nextInt(18)));
    }
    pool.catalogue(catalogue, now);
    Map<Long, Instant> waiting = new HashMap<>();
    Map<String, Instant> loading = new HashMap<>();
    Map<String, Instant> unloading = new HashMap<>();
    Map<String, Instant> leases = new HashMap<>();
    for (int step = 0; step < 3_000; step++) {
      later(Duration.ofMillis(100));
      List<Effect> effects = new ArrayList<>();
      if (random.nextInt(6) == 0 && step < 2_400) {
        String model = "m" + Math.min(random.nextInt(8), random.nextInt(8));
        long number = numbers.incrementAndGet();
        waiting.put(number, now);
        effects.addAll(
            pool.ask(
                new Request(number, model, "h" + random.nextInt(3), 0, Duration.ofMinutes(10)),
                now));
      }
      for (String model : due(loading)) {
        effects.addAll(random.nextInt(20) == 0 ? pool.broke(model, "exit 1", now) : loaded(model));
      }
      for (String model : due(unloading)) {
        effects.addAll(pool.gone(model, now));
      }
      for (String lease : due(leases)) {
        effects.addAll(pool.release(lease, now));
      }
      effects.addAll(pool.tick(now));
      for (Effect effect : effects) {
        switch (effect) {
          case Effect.Load load -> loading.put(load.model(), in(random, 40));
          case Effect.Unload unload -> {
            assertThat(leases.keySet()).noneMatch(l -> l.startsWith(unload.model() + "#"));
            unloading.put(unload.model(), in(random, 10));
          }
          case Effect.Grant grant -> {
            leases.put(grant.lease().id(), in(random, 30));
            Instant since = waiting.remove(grant.number());
            assertThat(Duration.between(since, now)).isLessThan(Duration.ofSeconds(90));
          }
          case Effect.Refuse refuse -> waiting.remove(refuse.number());
          case Effect.Tell tell -> assertThat(tell.model()).isNotEmpty();
        }
      }
      for (Card card : pool.cards()) {
        assertThat(pool.held(card.id()).count()).isLessThanOrEqualTo(card.ceiling());
      }
    }
    assertThat(waiting).isEmpty();
  }

  private List<String> due(Map<String, Instant> all) {
    List<String> due =
        all.entrySet().stream()
            .filter(e -> !e.getValue().isAfter(now))
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.toList());
    due.forEach(all::remove);
    return due;
  }

  private Instant in(Random random, int most) {
    return now.plusMillis(100L * (1 + random.nextInt(most)));
  }
}
