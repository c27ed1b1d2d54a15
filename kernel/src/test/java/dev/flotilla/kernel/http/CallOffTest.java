package dev.flotilla.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallOffTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void whatIsCalledOffWhileItWaitsIsInterrupted() {
    CallOff callOff = new CallOff();
    callOff.callOffAfterStep("late");
    assertThatThrownBy(() -> callOff.run(() -> wait(never)))
        .isInstanceOf(CallOff.CalledOff.class)
        .hasMessage("late")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aStepIsWholeAndTheNextIsNotTaken() {
    CallOff callOff = new CallOff();
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    assertThatThrownBy(
            () ->
                callOff.run(
                    () -> {
                      callOff.undisturbed(
                          () -> {
                            callOff.callOffAfterStep("late");
                            assertThat(Thread.currentThread().isInterrupted()).isFalse();
                            written.write("whole".getBytes(StandardCharsets.UTF_8));
                          });
                      assertThat(Thread.currentThread().isInterrupted()).isTrue();
                      callOff.undisturbed(() -> written.write('!'));
                      return true;
                    }))
        .isInstanceOf(CallOff.CalledOff.class)
        .hasMessage("late")
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(written).hasToString("whole");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aStepThatDoesNotEndIsInterruptedAfterAll() {
    CallOff callOff = new CallOff();
    assertThatThrownBy(
            () ->
                callOff.run(
                    () -> {
                      callOff.undisturbed(
                          () -> {
                            callOff.callOffAfterStep("late");
                            callOff.callOff("much too late");
                            assertThat(Thread.currentThread().isInterrupted()).isTrue();
                            throw new InterruptedIOException("closed");
                          });
                      return true;
                    }))
        .isInstanceOf(CallOff.CalledOff.class)
        .hasMessage("late");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whatHasEndedIsNotCalledOff() throws Exception {
    CallOff callOff = new CallOff();
    assertThat(callOff.run(() -> "done")).isEqualTo("done");
    callOff.callOff("late");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static boolean wait(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return true;
  }
}
