package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTurnsTest extends PoolSetup {
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
}
