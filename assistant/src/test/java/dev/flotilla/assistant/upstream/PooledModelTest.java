package dev.flotilla.assistant.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.router.Attempts;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.testing.InMemoryBus;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the door does with the pool: a pool that lends and a server that answers stand here. */
final class PooledModelTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String PART =
      "data:"
          + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";

  private final InMemoryBus bus = new InMemoryBus();
  private final AtomicInteger lent = new AtomicInteger();
  private final ConcurrentSkipListSet<String> out = new ConcurrentSkipListSet<>();
  private final List<Renew> renewals = new CopyOnWriteArrayList<>();
  private final CountDownLatch leave = new CountDownLatch(1);
  private final HttpListener server;
  private final OperationServer pool;
  private final PooledModel model;

  record Acquire(String model, String holder, Duration ttl) {}

  record Renew(String lease, Duration ttl, String holder) {}

  record Lease(String lease) {}

  PooledModelTest() throws IOException {
    server =
        HttpListener.start(
            HttpSettings.loopback(0),
            new Routes().post("/v1/chat/completions", request -> answer(request.body())));
    pool =
        OperationServer.start(
            bus,
            new Dispatcher(
                "ModelManagerSuite",
                List.of(
                    Operation.of("acquire", Acquire.class, PooledModel.Acquired.class, this::lend),
                    Operation.of("renew", Renew.class, Lease.class, this::renew),
                    Operation.of(
                        "release",
                        Lease.class,
                        PooledModel.Released.class,
                        r -> new PooledModel.Released(out.remove(r.lease())))),
                CLOCK,
                new OperationMetrics(new Metrics())),
            "1",
            "one",
            CLOCK);
    model = pooled("m");
  }

  private PooledModel pooled(String name) {
    return pooled(name, Duration.ofMillis(200));
  }

  private PooledModel pooled(String name, Duration lease) {
    return new PooledModel(
        name,
        "Door",
        new BusCalls(bus, new Breakers(Messaging.Breaker.DEFAULT, CLOCK), CLOCK),
        new Outbound(Duration.ofSeconds(5)),
        Duration.ofSeconds(30),
        lease);
  }

  private PooledModel.Acquired lend(Acquire request) {
    if (!request.model().equals("m")) {
      throw Failure.conflict("it does not fit", "one that fits", "Buy a card.").exception();
    }
    String lease = "lease-" + lent.incrementAndGet();
    out.add(lease);
    return new PooledModel.Acquired(lease, server.uri() + "/v1");
  }

  private Lease renew(Renew request) {
    renewals.add(request);
    return new Lease(request.lease());
  }

  private HttpResponse answer(byte[] body) {
    String asked = new String(body, StandardCharsets.UTF_8);
    if (!asked.contains("\"stream\":true")) {
      return HttpResponse.json(Map.of("choices", List.of(Map.of("message", Map.of()))));
    }
    return HttpResponse.stream(
        "text/event-stream",
        to -> {
          to.write(PART.getBytes(StandardCharsets.UTF_8));
          to.flush();
          leave.await();
        });
  }

  @AfterEach
  void close() {
    leave.countDown();
    pool.close();
    server.close();
  }

  private static Call call(boolean stream) {
    ObjectNode body = Wire.mapper().createObjectNode();
    body.putArray("messages").addObject().put("role", "user").put("content", "hi");
    return new Call(Call.Kind.CHAT, body, stream, Duration.ofSeconds(30));
  }

  @Test
  void itIsBorrowedForTheLengthOfAnAnswer() throws Exception {
    assertThat(model.ask(call(false))).isInstanceOf(Reply.Whole.class);
    assertThat(lent).hasValue(1);
    await().until(out::isEmpty);
  }

  @Test
  void itIsBorrowedForTheLengthOfAStream() throws Exception {
    try (Reply.Chunks chunks = (Reply.Chunks) model.ask(call(true))) {
      assertThat(chunks.next().orElseThrow().text()).isEqualTo("a");
      assertThat(out).hasSize(1);
    }
    await().until(out::isEmpty);
  }

  @Test
  void itsLeaseIsShortAndRenewedForAsLongAsItIsUsed() throws Exception {
    try (Reply.Chunks chunks = (Reply.Chunks) model.ask(call(true))) {
      assertThat(chunks.next()).isPresent();
      await().until(() -> renewals.size() > 2);
      assertThat(renewals.getFirst())
          .isEqualTo(new Renew(out.first(), Duration.ofMillis(200), "Door"));
    }
    await().until(out::isEmpty);
    int then = renewals.size();
    assertThat(model.ask(call(false))).isInstanceOf(Reply.Whole.class);
    await().until(out::isEmpty);
    assertThat(renewals.stream().skip(then).map(Renew::lease)).doesNotContain("lease-1");
  }

  @Test
  void whatCannotBeGivenBackNowIsGivenBackLater() throws Exception {
    Reply.Chunks chunks = (Reply.Chunks) pooled("m", Duration.ofMinutes(1)).ask(call(true));
    bus.connected(false);
    chunks.close();
    assertThat(out).hasSize(1);
    bus.connected(true);
    await().until(out::isEmpty);
  }

  @Test
  void aPoolThatIsNotThereIsAway() {
    pool.close();
    assertThatThrownBy(() -> model.ask(call(false)))
        .isInstanceOfSatisfying(
            UpstreamException.class, e -> assertThat(e.failure()).isEqualTo(Attempts.Failure.AWAY))
        .hasMessageContaining("nobody answers to ModelManagerSuite.acquire");
  }

  @Test
  void aServerThatDiesBehindAPoolThatStandsMayPassAndCounts() {
    server.close();
    assertThatThrownBy(() -> model.ask(call(false)))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> assertThat(e.failure()).isEqualTo(Attempts.Failure.PASSING))
        .hasMessageContaining("nobody listens there");
    await().until(out::isEmpty);
  }

  @Test
  void aStreamThatBreaksWithItsPoolWasCutOff() throws Exception {
    try (Reply.Chunks chunks = (Reply.Chunks) model.ask(call(true))) {
      assertThat(chunks.next()).isPresent();
      pool.close();
      leave.countDown();
      assertThatThrownBy(chunks::next)
          .isInstanceOfSatisfying(
              UpstreamException.class, e -> assertThat(e.failure()).isEqualTo(Attempts.Failure.CUT))
          .hasMessageContaining("the pool ended while it answered");
    }
  }

  @Test
  void whatThePoolRefusesIsNotTriedAgain() {
    assertThatThrownBy(() -> pooled("huge").ask(call(false)))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> assertThat(e.failure()).isEqualTo(Attempts.Failure.REFUSED))
        .hasMessageContaining("the pool does not lend it: it does not fit");
  }
}
