package dev.flotilla.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FakesTest {
  private final FakeTime time = new FakeTime();
  private final InMemoryBus bus = new InMemoryBus();
  private final List<String> seen = new ArrayList<>();

  @Test
  void timersRunInTheOrderTheyAreDue() {
    time.after(Duration.ofSeconds(2), () -> seen.add("two"));
    time.after(Duration.ofSeconds(1), () -> seen.add("one"));
    Timers.Timer never = time.after(Duration.ofSeconds(1), () -> seen.add("never"));
    never.close();

    time.advance(Duration.ofMillis(999));
    assertThat(seen).isEmpty();
    time.advance(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("one", "two");
  }

  @Test
  void repeatedTimersRunUntilTheyAreClosed() {
    Timers.Timer timer =
        time.every(Duration.ofSeconds(1), () -> seen.add(time.instant().toString()));
    time.advance(Duration.ofSeconds(3));
    assertThat(seen).hasSize(3).last().isEqualTo("2026-01-01T00:00:03Z");
    timer.close();
    time.advance(Duration.ofSeconds(3));
    assertThat(seen).hasSize(3);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "a.b, a.b, true", "a.*, a.b, true", "a.*, a.b.c, false", "a.>, a.b.c, true",
    "a.>, a, false", "*.b, a.c, false", ">, a, true", "a.b, a, false"
  })
  void wildcards(String pattern, String subject, boolean fits) {
    assertThat(InMemoryBus.fits(pattern, subject)).isEqualTo(fits);
  }

  @Test
  void membersOfAQueueShareAndOthersHearAll() {
    bus.subscribe("s", "q", message -> seen.add("q1"));
    bus.subscribe("s", "q", message -> seen.add("q2"));
    bus.subscribe("s", "", message -> seen.add("all"));
    bus.publish(Message.of("s", "1"));
    bus.publish(Message.of("s", "2"));
    assertThat(seen).containsExactlyInAnyOrder("q1", "q2", "all", "all");
  }

  @Test
  void requestsAreAnsweredRefusedOrTimeOut() {
    bus.subscribe(
        "echo", "", message -> bus.publish(Message.of(message.replyTo().orElseThrow(), "back")));
    bus.subscribe("mute", "", message -> {});
    assertThat(bus.request(Message.of("echo", ""), Duration.ofSeconds(1)).join().text())
        .isEqualTo("back");
    assertFails("nobody", BusException.Reason.NO_RESPONDERS);
    assertFails("mute", BusException.Reason.TIMEOUT);
    bus.connected(false);
    assertFails("echo", BusException.Reason.DISCONNECTED);
  }

  private void assertFails(String subject, BusException.Reason reason) {
    assertThatThrownBy(() -> bus.request(Message.of(subject, ""), Duration.ofMillis(20)).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(BusException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
