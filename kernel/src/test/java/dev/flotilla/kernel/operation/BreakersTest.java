package dev.flotilla.kernel.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.model.Messaging;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BreakersTest {
  private final InMemoryBus bus = new InMemoryBus();
  private final FakeTime time = new FakeTime();
  private final Breakers breakers = new Breakers(Messaging.Breaker.DEFAULT, time);
  private final Calls calls = new BusCalls(bus, breakers, time);
  private final AtomicReference<String> code = new AtomicReference<>("500");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger asked = new AtomicInteger();

  private void serve(Bus on) {
    on.subscribe(
        "flotilla.op.Target.ask",
        "Target",
        request -> {
          asked.incrementAndGet();
          Message reply = Message.of(request.replyTo().orElseThrow(), "{}");
          on.publish(
              code.get().isEmpty()
                  ? reply
                  : reply
                      .withHeader("Nats-Service-Error", "x")
                      .withHeader("Nats-Service-Error-Code", code.get()));
        });
  }

  @Test
  void fiveFailuresInARowOpenItForThirtySeconds() {
    serve(bus);
    fail(4);
    assertThat(state()).isEqualTo("closed");
    fail(1);
    assertThat(state()).isEqualTo("open");
    assertThatThrownBy(this::call).hasMessageContaining("left alone");
    assertThat(asked).hasValue(5);

    time.advance(Duration.ofSeconds(29));
    assertThatThrownBy(this::call).hasMessageContaining("left alone");
    assertThat(asked).hasValue(5);
  }

  @Test
  void threeGoodTrialsCloseIt() {
    serve(bus);
    fail(5);
    time.advance(Duration.ofSeconds(31));
    code.set("");
    call();
    assertThat(state()).isEqualTo("half-open");
    call();
    call();
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void oneBadTrialOpensItAgain() {
    serve(bus);
    fail(5);
    time.advance(Duration.ofSeconds(31));
    code.set("");
    call();
    code.set("503");
    fail(1);
    assertThat(state()).isEqualTo("open");
    time.advance(Duration.ofSeconds(31));
    code.set("");
    call();
    call();
    call();
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void aSuccessBetweenKeepsItClosed() {
    serve(bus);
    for (int round = 0; round < 5; round++) {
      code.set("500");
      fail(4);
      code.set("");
      call();
    }
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void mistakesOfTheCallerAreNoFailuresOfTheTarget() {
    serve(bus);
    for (String caller : new String[] {"400", "404", "409"}) {
      code.set(caller);
      fail(10);
    }
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void aLostConnectionAndNobodyThereSayNothingOfTheTargetThatComesBack() {
    bus.connected(false);
    fail(10);
    bus.connected(true);
    fail(10);
    assertThat(state()).isEqualTo("closed");
    code.set("");
    serve(bus);
    call();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatIsRefusedBecauseTheTargetIsEndingSaysNothingOfTheNextOne() {
    Operation<Nothing, Nothing> waits =
        Operation.of(
            "ask",
            Nothing.class,
            Nothing.class,
            nothing -> {
              asked.incrementAndGet();
              new CountDownLatch(1).await();
              return nothing;
            });
    Dispatcher dispatcher =
        new Dispatcher("Target", List.of(waits), time, new OperationMetrics(new Metrics()));
    List<CompletableFuture<Void>> waiting;
    try (OperationServer _ = OperationServer.start(bus, dispatcher, "1", "one", time)) {
      waiting =
          IntStream.range(0, 6)
              .mapToObj(i -> CompletableFuture.runAsync(this::call, threads))
              .toList();
      await().until(() -> asked.get() == 6);
    }
    waiting.forEach(each -> assertThatThrownBy(each::join).hasMessageContaining("is stopping"));
    assertThat(state()).isEqualTo("closed");
  }

  @Test
  void eachTargetHasItsOwnAndAllAreShown() {
    Metrics metrics = new Metrics();
    breakers.show(metrics);
    serve(bus);
    fail(5);
    assertThatThrownBy(() -> calls.call("Other", "ask", new Nothing(), Nothing.class))
        .hasMessageContaining("nobody answers");
    assertThat(breakers.states()).containsEntry("Target", "open").containsEntry("Other", "closed");
    assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
        .contains("flotilla_breaker_state{target=\"Target\"} 2.0")
        .contains("flotilla_breaker_state{target=\"Other\"} 0.0");
  }

  @Test
  void namesThatCallersMakeUpFillNoMemoryAndOpenNothingThatIsOpen() {
    fails("Down", 5);
    fails("Shaky", 4);
    for (int i = 0; i < 3 * Breakers.MOST; i++) {
      fails("made-up-" + i, i % 2);
    }
    assertThat(breakers.states()).hasSize(Breakers.MOST).containsEntry("Down", "open");
    fails("Shaky", 1);
    assertThat(breakers.state("Shaky")).isEqualTo("open");
  }

  @Test
  void toAskForAStateIsNoCall() {
    assertThat(breakers.state("Target")).isEqualTo("closed");
    assertThat(breakers.states()).isEmpty();
  }

  /** Where it fails no times, it is called once and nothing is said of it. */
  private void fails(String target, int times) {
    for (int i = 0; i < Math.max(1, times); i++) {
      assertThat(breakers.permits(target)).isTrue();
      breakers.ended(target, times == 0 ? Breakers.End.UNCOUNTED : Breakers.End.FAILURE);
    }
  }

  record Nothing() {}

  private void call() {
    calls.call("Target", "ask", new Nothing(), Nothing.class);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(this::call).isInstanceOf(OperationException.class);
    }
  }

  private String state() {
    return breakers.states().getOrDefault("Target", "never called");
  }
}
