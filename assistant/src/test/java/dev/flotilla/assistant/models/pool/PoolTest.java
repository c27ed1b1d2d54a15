package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
  private static final CardId BIG = new CardId("pc", 0);
  private static final CardId SMALL = new CardId("pc", 1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong();
  private Instant now = START;
  private Pool pool = pool(Rules.DEFAULT);

  private Pool pool(Rules rules) {
    Pool made = new Pool(rules, () -> Long.toString(ids.incrementAndGet()));
    made.cards(List.of(card(BIG, 24, 0), card(SMALL, 12, 0)), now);
    return made;
  }

  private static Card card(CardId id, int gibibytes, int foreign) {
    return new Card(id, gib(gibibytes), gib(foreign), Card.WaterMarks.DEFAULT);
  }

  private static Bytes gib(double gibibytes) {
    return new Bytes(Math.round(gibibytes * (1L << 30)));
  }

  private static Entry entry(String model, double gibibytes) {
    Estimate estimate = new Estimate(gib(gibibytes), Bytes.ZERO, Bytes.ZERO, 1);
    return new Entry(
        model,
        List.of(new Demand.Variant("default", Map.of(BIG, estimate, SMALL, estimate))),
        false,
        false,
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        0,
        "");
  }

  private static Map<String, Entry> catalogue(Entry... entries) {
    Map<String, Entry> all = new LinkedHashMap<>();
    for (Entry entry : entries) {
      all.put(entry.model(), entry);
    }
    return all;
  }

  private List<Effect> ask(String model) {
    return ask(model, "agent");
  }

  private List<Effect> ask(String model, String holder) {
    return pool.ask(
        new Request(numbers.incrementAndGet(), model, holder, 0, Duration.ofMinutes(1)), now);
  }

  private List<Effect> loaded(String model) {
    return pool.loaded(model, "http://" + model, Optional.empty(), now);
  }

  private static List<String> kinds(List<Effect> effects) {
    return effects.stream()
        .map(
            effect ->
                switch (effect) {
                  case Effect.Load load -> "load " + load.model() + " on " + load.card();
                  case Effect.Unload unload -> "unload " + unload.model();
                  case Effect.Grant grant -> "grant " + grant.lease().model();
                  case Effect.Refuse refuse -> "refuse: " + refuse.reason();
                  case Effect.Tell tell ->
                      tell.kind().name().toLowerCase(Locale.ROOT) + " " + tell.model();
                })
        .toList();
  }

  private static String leaseOf(List<Effect> effects) {
    return effects.stream()
        .flatMap(e -> e instanceof Effect.Grant grant ? List.of(grant.lease().id()).stream() : null)
        .findFirst()
        .orElseThrow();
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  @Test
  void loadsWhatIsAskedForAndLendsIt() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    assertThat(kinds(ask("a"))).containsExactly("load a on pc/1", "loading a");
    assertThat(kinds(ask("a"))).as("two wait for one load").isEmpty();
    assertThat(kinds(loaded("a"))).containsExactly("loaded a", "grant a", "grant a");
    assertThat(kinds(ask("a"))).as("at once now").containsExactly("grant a");
    assertThat(pool.view("a").orElseThrow().leases()).isEqualTo(3);
  }

  @Test
  void nothingIsUnloadedUnderALease() {
    pool.catalogue(catalogue(entry("a", 20), entry("b", 20)), now);
    ask("a");
    String lease = leaseOf(loaded("a"));
    assertThat(kinds(ask("b"))).isEmpty();
    assertThat(kinds(pool.release(lease, now))).containsExactly("unloading a", "unload a");
    assertThat(kinds(pool.gone("a", now)))
        .containsExactly("evicted a", "load b on pc/0", "loading b");
  }

  @Test
  void nothingMoreLeavesWhileThatIsOnItsWayOutWhichMakesRoomEnough() {
    pool.catalogue(catalogue(entry("a", 7), entry("b", 7), entry("c", 7), entry("d", 12)), now);
    pool.cards(List.of(card(BIG, 24, 0)), now);
    for (String model : List.of("a", "b", "c", "c", "c", "c", "c", "c", "c", "c")) {
      List<Effect> effects = new ArrayList<>(ask(model));
      effects.addAll(loaded(model));
      pool.release(leaseOf(effects), now);
    }
    assertThat(kinds(ask("d"))).contains("unload a", "unload b");
    assertThat(kinds(pool.gone("a", now))).containsExactly("evicted a");
    assertThat(kinds(pool.gone("b", now)))
        .containsExactly("evicted b", "load d on pc/0", "loading d");
  }

  @Test
  void leasesEndWithTheirTimeAndWithTheirHolder() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    ask("a", "one");
    loaded("a");
    ask("a", "two");
    assertThat(pool.left("one", now)).isEmpty();
    assertThat(pool.leases()).hasSize(1);
    later(Duration.ofSeconds(61));
    pool.tick(now);
    assertThat(pool.leases()).isEmpty();
  }

  @Test
  void aRenewedLeaseStands() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    ask("a");
    String lease = leaseOf(loaded("a"));
    later(Duration.ofSeconds(50));
    assertThat(pool.renew(lease, "agent", Duration.ofMinutes(1), false, now)).isPresent();
    later(Duration.ofSeconds(50));
    pool.tick(now);
    assertThat(pool.leases()).hasSize(1);
    assertThat(pool.renew("a#other", "agent", Duration.ofMinutes(1), false, now)).isEmpty();
    assertThat(pool.renew("a#other", "agent", Duration.ofMinutes(1), true, now))
        .as("after a restart of the service")
        .isPresent();
  }

  @Test
  void whoWaitedTooLongIsNextHoweverManyComeForWhatIsLoaded() {
    pool.catalogue(catalogue(entry("a", 20), entry("b", 20)), now);
    ask("a");
    String lease = leaseOf(loaded("a"));
    ask("b");
    for (int i = 0; i < 9; i++) {
      later(Duration.ofSeconds(1));
      List<Effect> next = ask("a");
      assertThat(kinds(next)).as("second " + i).containsExactly("grant a");
      pool.release(lease, now);
      lease = leaseOf(next);
    }
    later(Duration.ofSeconds(2));
    assertThat(pool.tick(now)).isEmpty();
    assertThat(kinds(ask("a"))).as("b waited ten seconds").isEmpty();
    assertThat(kinds(pool.release(lease, now))).containsExactly("unloading a", "unload a");
    assertThat(kinds(pool.gone("a", now))).contains("load b on pc/0");
    String second = leaseOf(loaded("b"));
    assertThat(kinds(pool.release(second, now))).containsExactly("unloading b", "unload b");
  }

  @Test
  void whatWaitsForOneModelIsServedTogether() {
    pool.catalogue(catalogue(entry("a", 20), entry("b", 20), entry("c", 20)), now);
    List<String> leases = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (String model : List.of("a", "b", "c", "a", "b", "c")) {
      ask(model);
    }
    List<Effect> effects = loaded("a");
    for (int i = 0; i < 3; i++) {
      for (Effect effect : effects) {
        if (effect instanceof Effect.Grant grant) {
          order.add(grant.lease().model());
          leases.add(grant.lease().id());
        }
      }
      List<Effect> out = new ArrayList<>();
      leases.forEach(lease -> out.addAll(pool.release(lease, now)));
      leases.clear();
      for (Effect effect : out) {
        if (effect instanceof Effect.Unload unload) {
          pool.gone(unload.model(), now);
        }
      }
      effects =
          pool.views().stream()
              .filter(view -> view.state() == ModelState.LOADING)
              .findFirst()
              .map(view -> loaded(view.model()))
              .orElse(List.of());
    }
    assertThat(order).containsExactly("a", "a", "b", "b", "c", "c");
  }

  @Test
  void idleModelsLeaveAndPinnedAndPreloadedOnesStay() {
    Entry pinned = entry("p", 2);
    pool.catalogue(
        catalogue(
            entry("a", 2),
            new Entry(
                "p",
                pinned.variants(),
                true,
                true,
                pinned.idleTimeout(),
                pinned.loadTime(),
                0,
                "")),
        now);
    loaded("p");
    ask("a");
    pool.release(leaseOf(loaded("a")), now);
    later(Duration.ofMinutes(4));
    assertThat(pool.tick(now)).isEmpty();
    later(Duration.ofMinutes(2));
    assertThat(kinds(pool.tick(now))).containsExactly("unloading a", "unload a");
    assertThat(kinds(pool.gone("a", now))).containsExactly("unloaded a");
  }

  @Test
  void whatCannotFitIsRefusedWithTheArithmetic() {
    pool.catalogue(catalogue(entry("huge", 30)), now);
    assertThat(kinds(ask("huge")))
        .singleElement()
        .asString()
        .contains("huge does not fit", "30 GiB declared", "at most 21.6 GiB can be had");
  }

  @Test
  void aModelThatBreaksIsTriedAgainButNotWithoutEnd() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    ask("a");
    assertThat(kinds(pool.broke("a", "exit 1", now)))
        .containsExactly("failed a", "refuse: a could not be loaded: exit 1");
    assertThat(kinds(ask("a"))).as("once more at once").contains("load a on pc/1");
    pool.broke("a", "exit 1", now);
    assertThat(kinds(ask("a")))
        .containsExactly("refuse: a failed 2 times: exit 1; it is tried again in 1 s");
    later(Duration.ofSeconds(1));
    assertThat(kinds(ask("a"))).contains("load a on pc/1");
  }

  @Test
  void aModelThatDiesEndsItsLeases() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    ask("a");
    String lease = leaseOf(loaded("a"));
    assertThat(kinds(pool.broke("a", "killed", now))).containsExactly("failed a");
    assertThat(pool.renew(lease, "agent", Duration.ofMinutes(1), true, now)).isEmpty();
  }

  @Test
  void nothingIsLoadedBeforeItIsKnownWhatServesAlready() {
    pool.survey();
    Entry base = entry("base", 8);
    pool.catalogue(
        catalogue(
            new Entry(
                "base", base.variants(), false, true, base.idleTimeout(), base.loadTime(), 0, ""),
            entry("a", 8)),
        now);
    assertThat(kinds(ask("a"))).isEmpty();
    assertThat(pool.view("base").orElseThrow().state()).isEqualTo(ModelState.UNKNOWN);
    Estimate eight = Objects.requireNonNull(base.variants().getFirst().estimates().get(SMALL));
    assertThat(kinds(pool.adopted("base", "default", SMALL, eight, "http://base", now))).isEmpty();
    assertThat(kinds(pool.surveyed(now))).containsExactly("load a on pc/0", "loading a");
    assertThat(pool.view("base").orElseThrow().state()).isEqualTo(ModelState.READY);
  }

  @Test
  void strangersOnACardMakeIdleModelsLeave() {
    pool.catalogue(catalogue(entry("a", 10), entry("b", 10)), now);
    ask("a");
    pool.release(leaseOf(loaded("a")), now);
    pool.cards(List.of(card(BIG, 24, 0), card(SMALL, 12, 5)), now);
    assertThat(kinds(pool.tick(now))).containsExactly("unloading a", "unload a");
    assertThat(kinds(pool.gone("a", now))).containsExactly("evicted a");
    assertThat(kinds(ask("b"))).contains("load b on pc/0");
  }

  @Test
  void theLikelyNextModelIsLoadedAheadWhenThatIsWanted() {
    pool = pool(new Rules(Integer.MAX_VALUE, Duration.ofSeconds(10), true, 0.6));
    pool.catalogue(catalogue(entry("a", 8), entry("b", 8)), now);
    List<Effect> out = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      for (String model : List.of("a", "b")) {
        out.clear();
        out.addAll(ask(model));
        for (ModelView view : pool.views()) {
          if (view.state() == ModelState.LOADING) {
            out.addAll(loaded(view.model()));
          }
        }
        out.forEach(
            e -> {
              if (e instanceof Effect.Grant grant) {
                pool.release(grant.lease().id(), now);
              }
            });
        List<Effect> away = new ArrayList<>();
        if (model.equals("b")) {
          pool.unwant("b", now, away);
          pool.gone("b", now);
        }
      }
    }
    assertThat(pool.foresight().loaded()).isPositive();
    assertThat(pool.foresight().used()).isPositive();
  }

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
