package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final CardId BIG = new CardId("mainpc", 0);
  private static final CardId SMALL = new CardId("pc2", 0);
  private static final CardId CPU = new CardId("mainpc", CardId.CPU);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Card> TWO = List.of(card(BIG, 24), card(SMALL, 12));

  private static Card card(CardId id, long gibibytes) {
    return new Card(id, gib((double) gibibytes), Bytes.ZERO, Card.WaterMarks.DEFAULT);
  }

  private static Bytes gib(double gibibytes) {
    return new Bytes((long) (gibibytes * (1L << 30)));
  }

  private static Estimate takes(double gibibytes) {
    return new Estimate(gib(gibibytes), Bytes.ZERO, Bytes.ZERO, 1);
  }

  private static Demand demand(String model, double gibibytes) {
    return new Demand(model, List.of(variant("full", gibibytes)), false);
  }

  private static Demand.Variant variant(String name, double gibibytes) {
    return new Demand.Variant(name, Map.of(BIG, takes(gibibytes), SMALL, takes(gibibytes)));
  }

  private static Resident resident(String model, CardId card, double gibibytes) {
    return new Resident(
        model,
        "full",
        card,
        gib(gibibytes),
        Resident.Phase.READY,
        0,
        false,
        NOW,
        Duration.ofSeconds(10),
        1);
  }

  private static Resident leased(Resident r) {
    return new Resident(
        r.model(),
        r.variant(),
        r.card(),
        r.held(),
        r.phase(),
        1,
        r.pinned(),
        r.lastUsed(),
        r.reload(),
        r.likelihood());
  }

  private static Resident likely(Resident r, double likelihood) {
    return new Resident(
        r.model(),
        r.variant(),
        r.card(),
        r.held(),
        r.phase(),
        r.leases(),
        r.pinned(),
        r.lastUsed(),
        r.reload(),
        likelihood);
  }

  private static Resident pinned(Resident r) {
    return new Resident(
        r.model(),
        r.variant(),
        r.card(),
        r.held(),
        r.phase(),
        r.leases(),
        true,
        r.lastUsed(),
        r.reload(),
        r.likelihood());
  }

  @Test
  void usesWhatIsLoaded() {
    Resident phi = resident("phi", BIG, 5);
    assertThat(new Placement(TWO, List.of(phi), 3).decide(demand("phi", 5)))
        .isEqualTo(new Decision.Use(phi));
  }

  @Test
  void keepsTheBigCardForBigModels() {
    assertThat(new Placement(TWO, List.of(), 3).decide(demand("phi", 5)))
        .isEqualTo(new Decision.Load("full", SMALL, takes(5), List.of()));
    assertThat(new Placement(TWO, List.of(), 3).decide(demand("large", 15)))
        .isEqualTo(new Decision.Load("full", BIG, takes(15), List.of()));
  }

  @Test
  void aSmallModelThatComesOftenHasTheSmallCardClearedNotTheBigOne() {
    Resident onBig = likely(resident("a", BIG, 20), 0.30);
    Resident onSmall = likely(resident("b", SMALL, 9), 0.32);
    List<Demand.Variant> five = List.of(variant("full", 5));
    assertThat(
            new Placement(TWO, List.of(onBig, onSmall), 3)
                .decide(new Demand("often", five, false, 9)))
        .isEqualTo(new Decision.Load("full", SMALL, takes(5), List.of(onSmall)));
    assertThat(
            new Placement(TWO, List.of(onBig, onSmall), 3)
                .decide(new Demand("seldom", five, false, 0.1)))
        .isEqualTo(new Decision.Load("full", BIG, takes(5), List.of(onBig)));
    assertThat(new Placement(TWO, List.of(onSmall), 3).decide(new Demand("often", five, false, 9)))
        .as("nothing has to leave while there is room")
        .isEqualTo(new Decision.Load("full", BIG, takes(5), List.of()));
  }

  @Test
  void evictsTheOneThatIsLeastMissed() {
    Resident often = likely(resident("often", BIG, 10), 5);
    Resident seldom = likely(resident("seldom", BIG, 10), 0.1);
    assertThat(new Placement(TWO, List.of(often, seldom), 3).decide(demand("large", 11)))
        .isEqualTo(new Decision.Load("full", BIG, takes(11), List.of(seldom)));
  }

  @Test
  void keepsAfterAllWhatNeedNotLeave() {
    Resident tiny = likely(resident("tiny", BIG, 1), 0.01);
    Resident large = likely(resident("large", BIG, 20), 1);
    assertThat(new Placement(TWO, List.of(tiny, large), 5).decide(demand("other", 15)))
        .isEqualTo(new Decision.Load("full", BIG, takes(15), List.of(large)));
  }

  @Test
  void nothingIsUnloadedUnderARequestOrAPin() {
    List<Resident> busy = List.of(leased(resident("a", BIG, 15)), resident("b", SMALL, 2));
    assertThat(new Placement(TWO, busy, 5).decide(demand("large", 15)))
        .isEqualTo(new Decision.Wait("large fits once a is no longer in use"));
    List<Resident> fixed = List.of(pinned(resident("a", BIG, 15)));
    assertThat(new Placement(TWO, fixed, 5).decide(demand("large", 15)))
        .isInstanceOf(Decision.Refuse.class);
  }

  @Test
  void refusesWithTheArithmetic() {
    assertThat(new Placement(TWO, List.of(), 3).decide(demand("huge", 40)))
        .isEqualTo(
            new Decision.Refuse(
                "huge does not fit: full on mainpc/0: 40 GiB declared, of which at most 21.6 GiB"
                    + " can be had (90 % of 24 GiB, less 0 B taken by others and 0 B pinned); full"
                    + " on pc2/0: 40 GiB declared, of which at most 10.8 GiB can be had (90 % of 12"
                    + " GiB, less 0 B taken by others and 0 B pinned)"));
  }

  @Test
  void takesASmallerVariantWhereTheLargeOneCannotBe() {
    Demand either = new Demand("nllb", List.of(variant("fp16", 30), variant("int8", 8)), false);
    assertThat(new Placement(TWO, List.of(), 3).decide(either))
        .isEqualTo(new Decision.Load("int8", SMALL, takes(8), List.of()));
  }

  @Test
  void aPreloadTakesNobodysPlace() {
    List<Resident> full = List.of(resident("a", BIG, 20), resident("b", SMALL, 10));
    Demand ahead = new Demand("tts", List.of(variant("full", 5)), true);
    assertThat(new Placement(TWO, full, 5).decide(ahead)).isInstanceOf(Decision.Wait.class);
  }

  @Test
  void mainMemoryIsTheLastResort() {
    Demand.Variant onBoth = new Demand.Variant("full", Map.of(SMALL, takes(2), CPU, takes(2)));
    Demand tts = new Demand("tts", List.of(onBoth), false);
    List<Card> cards = List.of(card(SMALL, 12), card(CPU, 64));
    assertThat(new Placement(cards, List.of(), 3).decide(tts))
        .isEqualTo(new Decision.Load("full", SMALL, takes(2), List.of()));
    List<Resident> busy = List.of(leased(resident("a", SMALL, 10)));
    assertThat(new Placement(cards, busy, 3).decide(tts))
        .isEqualTo(new Decision.Load("full", CPU, takes(2), List.of()));
  }

  @Test
  void tooManyModelsMakeOneLeaveEvenWhereThereIsRoom() {
    Resident a = likely(resident("a", BIG, 1), 1);
    Resident b = likely(resident("b", SMALL, 1), 0.1);
    assertThat(new Placement(TWO, List.of(a, b), 2).decide(demand("c", 1)))
        .isEqualTo(new Decision.Load("full", SMALL, takes(1), List.of(b)));
  }

  @Test
  void whenOthersPushACardOverItsMarkIdleModelsLeaveUntilTheLowOne() {
    Card squeezed = new Card(BIG, gib(24), gib(10), Card.WaterMarks.DEFAULT);
    Resident a = likely(resident("a", BIG, 6), 1);
    Resident b = likely(resident("b", BIG, 6), 0.5);
    assertThat(Eviction.relieve(squeezed, List.of(a, b))).containsExactly(b);
    assertThat(Eviction.relieve(card(BIG, 24), List.of(a, b))).isEmpty();
  }

  /**
   * Random pools, carried through thousands of demands: a card is never promised more than it has.
   */
  @Test
  void noCardIsEverOverCommitted() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Card> cards =
          List.of(
              new Card(BIG, gib(24), gib(random.nextInt(8)), Card.WaterMarks.DEFAULT),
              new Card(SMALL, gib(12), gib(random.nextInt(4)), Card.WaterMarks.DEFAULT));
      int most = 1 + random.nextInt(6);
      List<Resident> pool = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        String model = "m" + random.nextInt(8);
        Decision decision =
            new Placement(cards, pool, most).decide(demand(model, 1 + model.hashCode() % 9));
        switch (decision) {
          case Decision.Use(Resident used) -> assertThat(pool).contains(used);
          case Decision.Load load -> {
            assertThat(load.evict()).allMatch(Resident::evictable);
            pool.removeAll(load.evict());
            Resident loaded = likely(resident(model, load.card(), 0), random.nextDouble());
            pool.add(
                new Resident(
                    model,
                    load.variant(),
                    load.card(),
                    load.estimate().total(),
                    Resident.Phase.READY,
                    random.nextInt(3) == 0 ? 1 : 0,
                    random.nextInt(20) == 0,
                    NOW.plusSeconds(step),
                    loaded.reload(),
                    loaded.likelihood()));
          }
          case Decision.Wait(String reason) -> {
            assertThat(reason).isNotBlank();
            pool.replaceAll(
                r ->
                    new Resident(
                        r.model(),
                        r.variant(),
                        r.card(),
                        r.held(),
                        r.phase(),
                        0,
                        r.pinned(),
                        r.lastUsed(),
                        r.reload(),
                        r.likelihood()));
          }
          case Decision.Refuse(String reason) -> assertThat(reason).contains(model);
        }
        Map<CardId, Long> held = new LinkedHashMap<>();
        pool.forEach(r -> held.merge(r.card(), r.held().count(), Long::sum));
        for (Card card : cards) {
          assertThat(held.getOrDefault(card.id(), 0L)).isLessThanOrEqualTo(card.ceiling());
        }
        assertThat(pool.size()).isLessThanOrEqualTo(most);
      }
    }
  }
}
