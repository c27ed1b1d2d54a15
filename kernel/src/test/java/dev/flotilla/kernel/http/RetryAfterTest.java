package dev.flotilla.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(of("30")).contains(Duration.ofSeconds(30));
    assertThat(of(" 1.5 ")).contains(Duration.ofMillis(1500));
    assertThat(of("0")).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void everyFormOfADateIsRead(String date) {
    assertThat(of(date)).contains(Duration.ofSeconds(37));
  }

  @Test
  void aDateIsMeantByTheServersOwnClock() {
    assertThat(
            RetryAfter.of(
                "Sun, 06 Nov 1994 10:00:20 GMT", Optional.of("Sun, 06 Nov 1994 10:00:00 GMT"), NOW))
        .contains(Duration.ofSeconds(20));
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertThat(of("Sun, 06 Nov 1994 08:48:00 GMT")).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1e3", "Sun, 32 Nov 1994 08:49:37 GMT"})
  void whatCannotBeReadIsNothing(String header) {
    assertThat(of(header)).isEmpty();
  }

  private static Optional<Duration> of(String header) {
    return RetryAfter.of(header, Optional.empty(), NOW);
  }
}
