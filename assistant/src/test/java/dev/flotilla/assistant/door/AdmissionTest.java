package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.assistant.door.api.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who comes in, who waits and who is sent away. */
final class AdmissionTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Admission admission = new Admission(1, 2);
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final CountDownLatch done = new CountDownLatch(2);

  private void waits(String name, int priority) {
    int before = admission.waiting();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Admission.Pass _ = admission.enter(priority, LONG)) {
                order.add(name);
              } catch (ApiException | InterruptedException e) {
                order.add(name + " was sent away");
              }
              done.countDown();
            });
    await().until(() -> admission.waiting() == before + 1 || done.getCount() < 2);
  }

  @Test
  void whoeverIsMoreUrgentGoesFirstAndWithinThatWhoeverCameFirst() throws Exception {
    try (Admission.Pass _ = admission.enter(0, LONG)) {
      waits("low", -1);
      waits("high", 1);
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly("high", "low");
    assertThat(admission.inside()).isZero();
  }

  @Test
  void whoComesWhenTheQueueIsFullIsSentAwayAndToldWhenToComeBack() throws Exception {
    try (Admission.Pass _ = admission.enter(0, LONG)) {
      waits("one", 0);
      waits("two", 0);
      assertThatThrownBy(() -> admission.enter(0, LONG))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.error().status()).isEqualTo(503);
                assertThat(e.error().response().headers()).containsKey("Retry-After");
              });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly("one", "two");
  }

  @Test
  void whoWouldWaitInVainIsSentAwayAtOnce() throws Exception {
    try (Admission.Pass _ = admission.enter(0, LONG)) {
      assertThatThrownBy(() -> admission.enter(0, Duration.ofMillis(1)))
          .isInstanceOf(ApiException.class);
      assertThat(admission.waiting()).isZero();
    }
  }

  @Test
  void aClosedDoorWaitsForThoseInsideAndSendsTheOthersAway() throws Exception {
    Admission.Pass inside = admission.enter(0, LONG);
    waits("late", 0);
    Thread drain = Thread.ofVirtual().start(() -> admission.drain(LONG));
    await().untilAsserted(() -> assertThat(order).containsExactly("late was sent away"));
    assertThatThrownBy(() -> admission.enter(1, LONG)).isInstanceOf(ApiException.class);
    assertThat(drain.isAlive()).isTrue();
    inside.close();
    assertThat(drain.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aPassIsGivenBackOnce() throws Exception {
    Admission.Pass pass = admission.enter(0, LONG);
    pass.close();
    pass.close();
    assertThat(admission.inside()).isZero();
  }
}
