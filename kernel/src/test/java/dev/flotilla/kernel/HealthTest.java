package dev.flotilla.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthTest {
  @Test
  void theWorseOfTwoHoldsWithTheReasonsOfBoth() {
    assertThat(Health.ok().and(Health.ok())).isEqualTo(Health.ok());
    assertThat(Health.ok().and(Health.degraded("a"))).isEqualTo(Health.degraded("a"));
    assertThat(Health.degraded("a").and(Health.down("b")))
        .isEqualTo(new Health.Down(List.of("a", "b")));
    assertThat(Health.down("b").and(Health.ok()).status()).isEqualTo("down");
  }
}
