package dev.flotilla.bus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.BusException.Reason;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.bus.embedded.Limits;
import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link Bus} promises, held by {@link NatsBus} over any server. */
@Timeout(60)
abstract class BusConformance {

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  private static final Duration SHORT = Duration.ofSeconds(30);

  /** Starts a server; {@code tls} is present when the options ask for it. */
  abstract RunningServer start(ServerOptions options, Optional<TestTls> tls);

  private RunningServer start(ServerOptions options) {
    return start(options, Optional.empty());
  }

  private static BusOptions to(RunningServer server) {
    return BusOptions.of("nats://127.0.0.1:" + server.port(), "test")
        .withReconnectWait(Duration.ofMillis(20));
  }

  @Test
  void deliversToAllSubscribersAndOneOfAQueue() throws Exception {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server));
        NatsBus other = NatsBus.connect(to(server))) {
      BlockingQueue<Message> events = new LinkedBlockingQueue<>();
      AtomicInteger first = new AtomicInteger();
      AtomicInteger second = new AtomicInteger();
      bus.subscribe("work.*", "", events::add);
      bus.subscribe("work.>", "team", m -> first.incrementAndGet());
      other.subscribe("work.one", "team", m -> second.incrementAndGet());
      bus.flush(SHORT);
      other.flush(SHORT);
      for (int i = 0; i < 200; i++) {
        other.publish(Message.of("work.one", "n" + i));
      }
      for (int i = 0; i < 200; i++) {
        Message received = events.poll(30, TimeUnit.SECONDS);
        assertThat(received).isNotNull();
        assertThat(received.text()).isEqualTo("n" + i);
      }
      // One of the team gets each message, however its members spell the subject.
      await().until(() -> first.get() + second.get() == 200);
      assertThat(events).isEmpty();
    }
  }

  @Test
  void sharesAQueueBetweenConnections() {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server));
        NatsBus other = NatsBus.connect(to(server))) {
      AtomicInteger first = new AtomicInteger();
      AtomicInteger second = new AtomicInteger();
      bus.subscribe("jobs", "team", m -> first.incrementAndGet());
      other.subscribe("jobs", "team", m -> second.incrementAndGet());
      bus.flush(SHORT);
      other.flush(SHORT);
      for (int i = 0; i < 400; i++) {
        bus.publish(Message.of("jobs", ""));
      }
      await().until(() -> first.get() + second.get() == 400);
      assertThat(first.get()).isBetween(100, 300);
    }
  }

  @Test
  void carriesHeadersBothWays() throws Exception {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server))) {
      bus.subscribe(
          "echo",
          "",
          m ->
              bus.publish(
                  new Message(m.replyTo().orElseThrow(), Optional.empty(), m.headers(), m.data())));
      Message answer =
          bus.request(Message.of("echo", "body").withHeader("Flotilla-Deadline", "42"), SHORT)
              .get();
      assertThat(answer.text()).isEqualTo("body");
      assertThat(answer.header("Flotilla-Deadline")).contains("42");
    }
  }

  @Test
  void tellsAtOnceThatNobodyListens() {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server))) {
      assertReason(
          bus.request(Message.of("nobody", ""), Duration.ofMinutes(2)), Reason.NO_RESPONDERS);
    }
  }

  @Test
  void givesUpAfterTheTimeout() {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server))) {
      bus.subscribe("silent", "", m -> {});
      assertReason(bus.request(Message.of("silent", ""), Duration.ofMillis(100)), Reason.TIMEOUT);
    }
  }

  @Test
  void connectsAgainAndListensAgain() throws Exception {
    int port;
    try (RunningServer server = start(ServerOptions.local())) {
      port = server.port();
      try (NatsBus bus = NatsBus.connect(to(server))) {
        List<String> heard = new CopyOnWriteArrayList<>();
        bus.subscribe("topic", "", m -> heard.add(m.text()));
        bus.subscribe("silent", "", m -> {});
        bus.flush(SHORT);
        CompletableFuture<Message> lost =
            bus.request(Message.of("silent", ""), Duration.ofSeconds(30));
        server.stop();
        assertReason(lost, Reason.DISCONNECTED);
        await().until(() -> !bus.connected());
        bus.publish(Message.of("topic", "kept while away"));
        try (RunningServer again = start(ServerOptions.local().at("127.0.0.1", port))) {
          await().atMost(60, TimeUnit.SECONDS).until(bus::connected);
          bus.publish(Message.of("topic", "after"));
          await().until(() -> heard.contains("after"));
          assertThat(heard).containsExactly("kept while away", "after");
          assertThat(again.port()).isEqualTo(port);
        }
      }
    }
  }

  @Test
  void staysConnectedWhenManyWaitForTheServerAtOnce() throws Exception {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server))) {
      BlockingQueue<Message> events = new LinkedBlockingQueue<>();
      bus.subscribe("steady", "", events::add);
      for (int round = 0; round < 20; round++) {
        List<CompletableFuture<Void>> flushes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          flushes.add(
              CompletableFuture.runAsync(
                  () -> bus.flush(SHORT), r -> Thread.startVirtualThread(r)));
        }
        CompletableFuture.allOf(flushes.toArray(CompletableFuture[]::new)).get();
        assertThat(bus.connected()).isTrue();
      }
    }
  }

  @Test
  void refusesWhatIsTooLarge() {
    ServerOptions small = ServerOptions.local().withLimits(Limits.standard().withMaxPayload(1000));
    try (RunningServer server = start(small);
        NatsBus bus = NatsBus.connect(to(server))) {
      assertThat(bus.maxPayload()).isEqualTo(1000);
      assertThatThrownBy(() -> bus.publish(Message.of("a", new byte[1001])))
          .asInstanceOf(type(BusException.class))
          .returns(Reason.TOO_LARGE, BusException::reason);
    }
  }

  @Test
  void letsInByTokenInTheUrlOrInAFile(@TempDir Path folder) throws Exception {
    try (RunningServer server =
        start(ServerOptions.local().withLogins(new Login.Token("s3cret")))) {
      String address = "127.0.0.1:" + server.port();
      worksWith(BusOptions.of("nats://s3cret@" + address, "test"));
      worksWith(
          BusOptions.of("nats://" + address, "test").withCredentials(secretFile(folder, "s3cret")));
      for (String wrong : List.of("nats://", "nats://other@")) {
        assertThatThrownBy(() -> NatsBus.connect(BusOptions.of(wrong + address, "test")))
            .asInstanceOf(type(BusException.class))
            .returns(Reason.REFUSED, BusException::reason)
            .extracting(Throwable::getMessage)
            .asString()
            .contains(address)
            .doesNotContain("other");
      }
    }
  }

  @Test
  void letsInByUserAndPassword(@TempDir Path folder) throws Exception {
    try (RunningServer server =
        start(
            ServerOptions.local()
                .withLogins(new Login.User("ann", "pw1"), new Login.User("bob", "pw2")))) {
      String address = "127.0.0.1:" + server.port();
      worksWith(BusOptions.of("nats://ann:pw1@" + address, "test"));
      worksWith(
          BusOptions.of("nats://" + address, "test")
              .withCredentials(secretFile(folder, "bob:pw2\n")));
      assertThatThrownBy(() -> NatsBus.connect(BusOptions.of("nats://ann:pw2@" + address, "test")))
          .asInstanceOf(type(BusException.class))
          .returns(Reason.REFUSED, BusException::reason);
    }
  }

  @Test
  void letsInByNkey(@TempDir Path folder) throws Exception {
    NKey key = NKey.createUser(new SecureRandom());
    NKey stranger = NKey.createUser(new SecureRandom());
    try (RunningServer server =
        start(ServerOptions.local().withLogins(new Login.NKey(new String(key.getPublicKey()))))) {
      BusOptions address = BusOptions.of("nats://127.0.0.1:" + server.port(), "test");
      worksWith(address.withCredentials(secretFile(folder, new String(key.getSeed()))));
      worksWith(
          BusOptions.of(
              "nats://" + new String(key.getSeed()) + "@127.0.0.1:" + server.port(), "test"));
      Path wrong = secretFile(folder, new String(stranger.getSeed()));
      assertThatThrownBy(() -> NatsBus.connect(address.withCredentials(wrong)))
          .asInstanceOf(type(BusException.class))
          .returns(Reason.REFUSED, BusException::reason);
    }
  }

  @Test
  void speaksTls(@TempDir Path folder) throws Exception {
    TestTls tls = TestTls.make(folder);
    ServerOptions options =
        ServerOptions.local().withTls(tls.context()).withLogins(new Login.Token("s3cret"));
    try (RunningServer server = start(options, Optional.of(tls))) {
      worksWith(
          BusOptions.of("tls://s3cret@127.0.0.1:" + server.port(), "test").withTls(tls.context()));
    }
  }

  @Test
  void carriesLargeMessagesInOrder() throws Exception {
    try (RunningServer server = start(ServerOptions.local());
        NatsBus bus = NatsBus.connect(to(server))) {
      BlockingQueue<Message> received = new LinkedBlockingQueue<>();
      bus.subscribe("large", "", received::add);
      List<byte[]> sent = new ArrayList<>();
      SecureRandom random = new SecureRandom();
      for (int size : List.of(0, 1, 65_535, 65_536, 65_537, 1_000_000, 1 << 20)) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        sent.add(data);
        bus.publish(Message.of("large", data));
      }
      for (byte[] data : sent) {
        Message message = received.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.data()).isEqualTo(data);
      }
    }
  }

  private static void worksWith(BusOptions options) throws Exception {
    try (NatsBus bus = NatsBus.connect(options)) {
      bus.subscribe("ask", "", m -> bus.publish(Message.of(m.replyTo().orElseThrow(), "yes")));
      assertThat(bus.request(Message.of("ask", ""), SHORT).get().text()).isEqualTo("yes");
    }
  }

  private static Path secretFile(Path folder, String secret) throws Exception {
    Path file =
        Files.createTempFile(
            folder,
            "secret",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, secret);
  }

  private static void assertReason(CompletableFuture<Message> answer, BusException.Reason reason) {
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .asInstanceOf(type(BusException.class))
        .returns(reason, BusException::reason);
  }
}
