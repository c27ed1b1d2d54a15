package dev.flotilla.kernel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
  @Test
  void goesOnFromWhereItBeganWhateverTheClockIsSetTo() {
    AtomicLong nanoseconds = new AtomicLong(5_000_000_000L);
    SteadyTime time = new SteadyTime(Instant.EPOCH, nanoseconds::get);
    assertThat(time.instant()).isEqualTo(Instant.EPOCH);
    nanoseconds.addAndGet(1_500_000_000L);
    assertThat(time.instant()).isEqualTo(Instant.EPOCH.plusMillis(1500));
  }
}
