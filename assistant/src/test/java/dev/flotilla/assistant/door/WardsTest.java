package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.testing.FakeTime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WardsTest {
  private final FakeTime time = new FakeTime();
  private final Wards wards = new Wards(time, time);

  @Test
  void whatIsTakenAfterTheCloseIsCalledOffToo() {
    wards.close();
    CallOff callOff = new CallOff();
    try (Wards.Ward _ = wards.take(callOff, time.instant().plusSeconds(60))) {
      assertThatThrownBy(
              () ->
                  callOff.run(
                      () -> {
                        new CountDownLatch(1).await();
                        return true;
                      }))
          .isInstanceOf(CallOff.CalledOff.class)
          .hasMessage(Wards.CLOSED);
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
