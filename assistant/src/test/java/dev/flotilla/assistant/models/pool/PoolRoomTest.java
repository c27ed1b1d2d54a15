package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolRoomTest extends PoolSetup {
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
  void strangersOnACardMakeIdleModelsLeave() {
    pool.catalogue(catalogue(entry("a", 10), entry("b", 10)), now);
    ask("a");
    pool.release(leaseOf(loaded("a")), now);
    pool.cards(List.of(card(BIG, 24, 0), card(SMALL, 12, 5)), now);
    assertThat(kinds(pool.tick(now))).containsExactly("unloading a", "unload a");
    assertThat(kinds(pool.gone("a", now))).containsExactly("evicted a");
    assertThat(kinds(ask("b"))).contains("load b on pc/0");
  }
}
