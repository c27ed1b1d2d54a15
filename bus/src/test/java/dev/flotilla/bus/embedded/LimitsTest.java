package dev.flotilla.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"16, 2, 4", "64, 4, 8", "256, 16, 32", "8192, 16, 64"})
  void leavesSlowConsumersAnEighthOfTheHeap(long heap, long each, long all) {
    Limits limits = Limits.fitting(heap * MIB);
    assertThat(limits.maxPending()).isEqualTo(each * MIB);
    assertThat(limits.maxPendingTotal()).isEqualTo(all * MIB);
    assertThat(limits.maxPending()).isGreaterThan(limits.maxPayload());
  }
}
