package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolLeasesTest extends PoolSetup {
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
  void aModelThatDiesEndsItsLeases() {
    pool.catalogue(catalogue(entry("a", 8)), now);
    ask("a");
    String lease = leaseOf(loaded("a"));
    assertThat(kinds(pool.broke("a", "killed", now))).containsExactly("failed a");
    assertThat(pool.renew(lease, "agent", Duration.ofMinutes(1), true, now)).isEmpty();
  }
}
