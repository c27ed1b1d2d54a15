package dev.flotilla.kernel.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Operation.Nothing;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.InMemoryBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LongCallTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String WORK = "flotilla.op.Works.work";

  private final InMemoryBus bus = new InMemoryBus();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final Subscription work = bus.subscribe(WORK, "Works", received::add);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private Future<Message> call() {
    LongCall call = new LongCall(bus, "Works", Duration.ofMillis(5));
    return threads.submit(() -> call.ask(Message.of(WORK, ""), HOUR));
  }

  private Subscription says(String subject) {
    return bus.subscribe(subject, "", m -> bus.publish(Message.of(m.replyTo().orElseThrow(), "")));
  }

  private void answer(Message request) {
    bus.publish(Message.of(request.replyTo().orElseThrow(), "done"));
  }

  private void askedAgain(String subject) {
    int so = bus.published(subject).size();
    await().until(() -> bus.published(subject).size() > so + 2);
  }

  private static void assertEnded(Future<Message> answer) {
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(LongCall.TargetEnded.class);
  }

  @Test
  void whoSaidThatHeWorksAtItAndIsGoneHasEnded() throws Exception {
    Subscription alive = says("$SRV.PING.Works");
    Future<Message> answer = call();
    String subject = received.take().header(LongCall.HEADER).orElseThrow();
    Subscription working = says(subject);
    askedAgain(subject);
    assertThat(answer).isNotDone();
    working.close();
    assertEnded(answer);
    alive.close();
  }

  @Test
  void anotherOfTheNameIsNotHeWhoWorksAtIt() throws Exception {
    Future<Message> answer = call();
    Subscription working = says(received.take().header(LongCall.HEADER).orElseThrow());
    askedAgain("flotilla.call.*");
    working.close();
    Subscription anew = says("$SRV.PING.Works");
    assertEnded(answer);
    anew.close();
  }

  @Test
  void whoNeverSaidSoIsWaitedForAsLongAsAnybodyHasTheName() throws Exception {
    Subscription alive = says("$SRV.PING.Works");
    Future<Message> first = call();
    Future<Message> second = call();
    Message one = received.take();
    askedAgain("$SRV.PING.Works");
    answer(one);
    await().until(() -> first.isDone() || second.isDone());
    Future<Message> other = first.isDone() ? second : first;
    assertThat((first.isDone() ? first : second).get().text()).isEqualTo("done");
    assertThat(other).isNotDone();
    alive.close();
    assertEnded(other);
  }

  @Test
  void anAnswerAndTheEndAtOnceIsAnAnswer() throws Exception {
    Future<Message> answer = call();
    Message request = received.take();
    Subscription working = says(request.header(LongCall.HEADER).orElseThrow());
    askedAgain("flotilla.call.*");
    answer(request);
    working.close();
    assertThat(answer.get(30, TimeUnit.SECONDS).text()).isEqualTo("done");
  }

  @Test
  void aShortCallJustWaits() throws Exception {
    work.close();
    Subscription echo = bus.subscribe(WORK, "Works", this::answer);
    Message answer = LongCall.ask(bus, "Works", Message.of(WORK, ""), Duration.ofSeconds(5));
    assertThat(answer.text()).isEqualTo("done");
    assertThat(bus.published(WORK).getFirst().header(LongCall.HEADER)).isEmpty();
    echo.close();
  }

  @Test
  void aCallerWhoLeavesEndsTheWorkWhereItsOperationAllowsThat() throws Exception {
    work.close();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    CountDownLatch enough = new CountDownLatch(1);
    Operation.Handler<Nothing, Nothing> handler =
        nothing -> {
          told.add("begun");
          try {
            enough.await();
            told.add("done");
          } catch (InterruptedException e) {
            told.add("called off");
            throw e;
          }
          return nothing;
        };
    Operation<Nothing, Nothing> stubborn =
        Operation.of("work", Nothing.class, Nothing.class, handler);
    FakeTime time = new FakeTime();
    for (Operation<Nothing, Nothing> each : List.of(stubborn.endsWithItsCaller(), stubborn)) {
      Dispatcher dispatcher =
          new Dispatcher("Works", List.of(each), time, new OperationMetrics(new Metrics()));
      try (OperationServer server = OperationServer.start(bus, dispatcher, "1", "one", time)) {
        assertThat(server).isNotNull();
        Future<Message> answer = call();
        assertThat(told.take()).isEqualTo("begun");
        askedAgain("flotilla.call.*");
        int before = bus.published("flotilla.call.*").size();
        answer.cancel(true);
        await().until(() -> bus.published("flotilla.call.*").size() > before);
        if (each.calledOff()) {
          assertThat(told.take()).isEqualTo("called off");
        } else {
          enough.countDown();
          assertThat(told.take()).isEqualTo("done");
        }
      }
    }
  }
}
