package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.memory.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PoolLoadingTest extends PoolSetup {
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
}
