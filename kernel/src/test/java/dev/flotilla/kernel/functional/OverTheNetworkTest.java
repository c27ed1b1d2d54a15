package dev.flotilla.kernel.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.EmbeddedServer;
import dev.flotilla.bus.embedded.ServerOptions;
import dev.flotilla.kernel.batch.BatchingPublisher;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.flags.FlagClient;
import dev.flotilla.kernel.flags.FlagOperations;
import dev.flotilla.kernel.flags.FlagStore;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Flag;
import dev.flotilla.model.Messaging;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class OverTheNetworkTest {
  private final Clock clock = Clock.systemUTC();
  @TempDir Path state;
  private EmbeddedServer server;
  private Bus near;
  private Bus far;
  private SystemTimers timers;

  record Echo(String text) {}

  @BeforeEach
  void open() throws Exception {
    server = EmbeddedServer.start(ServerOptions.local());
    String url = "nats://127.0.0.1:" + server.port();
    near = NatsBus.connect(BusOptions.of(url, "near"));
    far = NatsBus.connect(BusOptions.of(url, "far"));
    timers = new SystemTimers();
  }

  @AfterEach
  void close() {
    timers.close();
    near.close();
    far.close();
    server.close();
  }

  @Test
  void operationsFailuresAndDiscovery() throws Exception {
    Operation<Echo, Echo> echo =
        Operation.of(
            "echo",
            Echo.class,
            Echo.class,
            request -> {
              if (request.text().equals("gone")) {
                throw Failure.notFound("nichts für\nZoë", "etwas", "Geh.").exception();
              }
              return request;
            });
    try (OperationServer one = serve("Echo", "one", List.of(echo));
        OperationServer two = serve("Echo", "two", List.of(echo))) {
      assertThat(List.of(one, two)).hasSize(2);
      near.flush(Duration.ofSeconds(30));
      for (Encoding encoding : Encoding.values()) {
        for (int i = 0; i < 20; i++) {
          Echo answer = calls().in(encoding).call("Echo", "echo", new Echo("é" + i), Echo.class);
          assertThat(answer.text()).isEqualTo("é" + i);
        }
      }
      assertThatThrownBy(() -> calls().call("Echo", "echo", new Echo("gone"), Echo.class))
          .isInstanceOfSatisfying(
              OperationException.class,
              e -> assertThat(e.failure().found()).isEqualTo("nichts für\nZoë"));
      assertThatThrownBy(() -> calls().call("Nobody", "echo", new Echo("x"), Echo.class))
          .hasMessageContaining("nobody answers to Nobody.echo");
      long requests = 0;
      for (String id : List.of("one", "two")) {
        Message reply =
            far.request(Message.of("$SRV.STATS.Echo." + id, ""), Duration.ofSeconds(30)).get();
        JsonNode stats = Wire.read(reply.data(), JsonNode.class);
        long count = stats.at("/endpoints/0/num_requests").asLong();
        assertThat(count).as("share of %s", id).isPositive();
        requests += count;
      }
      assertThat(requests).isEqualTo(41);
    }
  }

  @Test
  void whoEndsAtALongCallIsMissedLongBeforeItsDeadline() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Bus killed = NatsBus.connect(BusOptions.of("nats://127.0.0.1:" + server.port(), "killed"));
    try (OperationServer _ = serve(killed, "Slow", "one", List.of(slow(begun)))) {
      killed.flush(Duration.ofSeconds(30));
      Future<Echo> answer = callSlow();
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      killed.close();
      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
          .hasMessageContaining("Slow ended while it was at slow");
    }
  }

  @Test
  void whoIsStoppedSaysSoToThoseWhoWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    OperationServer server = serve("Slow", "one", List.of(slow(begun)));
    near.flush(Duration.ofSeconds(30));
    Future<Echo> answer = callSlow();
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    server.close();
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("Slow is stopping");
  }

  private static Operation<Echo, Echo> slow(CountDownLatch begun) {
    return Operation.of(
        "slow",
        Echo.class,
        Echo.class,
        request -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return request;
        });
  }

  private Future<Echo> callSlow() {
    return CompletableFuture.supplyAsync(
        () -> calls().within(Duration.ofHours(1)).call("Slow", "slow", new Echo("x"), Echo.class));
  }

  @Test
  void aFlagIsSeenElsewhereWithinASecond() throws Exception {
    Flag flag = new Flag("memory", "", Map.of("on", true, "off", false), "off", List.of());
    try (FlagStore store = FlagStore.open(state, Map.of("memory", flag), near, clock);
        OperationServer flags = serve("flags", "one", FlagOperations.of(store))) {
      assertThat(flags).isNotNull();
      near.flush(Duration.ofSeconds(30));
      try (FlagClient client = new FlagClient(far, calls(), timers, Map.of())) {
        far.flush(Duration.ofSeconds(30));
        assertThat(client.all()).containsKey("memory");
        store.set("memory", "on", "anna", "");
        await().atMost(Duration.ofSeconds(30)).until(() -> client.enabled("memory", "anyone"));
      }
    }
  }

  @Test
  void batchesArriveWhole() {
    List<String> received = new CopyOnWriteArrayList<>();
    far.subscribe("b.>", "", BatchingPublisher.unpacking(m -> received.add(m.text())));
    far.flush(Duration.ofSeconds(30));
    try (BatchingPublisher publisher =
        new BatchingPublisher(near, Messaging.Batch.DEFAULT, timers)) {
      for (int i = 0; i < 1234; i++) {
        publisher.publish(Message.of("b.x", "" + i).withHeader("N", "" + i));
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> received.size() == 1234);
    assertThat(received.getLast()).isEqualTo("1233");
  }

  private OperationServer serve(String service, String id, List<Operation<?, ?>> operations) {
    return serve(near, service, id, operations);
  }

  private OperationServer serve(
      Bus bus, String service, String id, List<Operation<?, ?>> operations) {
    Dispatcher dispatcher =
        new Dispatcher(service, operations, clock, new OperationMetrics(new Metrics()));
    return OperationServer.start(bus, dispatcher, "1.0.0", id, clock);
  }

  private BusCalls calls() {
    return new BusCalls(far, new Breakers(Messaging.Breaker.DEFAULT, clock), clock);
  }
}
