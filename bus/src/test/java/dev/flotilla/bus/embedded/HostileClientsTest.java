package dev.flotilla.bus.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.bus.BusException;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever one client does, an honest one beside it gets its answers and memory stays bounded. */
@Tag("slow")
@Timeout(60)
class HostileClientsTest {

  @BeforeAll
  static void patience() {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  private static final int MIB = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(30);

  private EmbeddedServer server;
  private NatsBus honest;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    Limits limits =
        Limits.standard()
            .withMaxPending(2L * MIB, 6L * MIB)
            .withClients(300, 10_000)
            .withTimes(Duration.ofMinutes(2), 2, Duration.ofSeconds(2), Duration.ofSeconds(1));
    server = EmbeddedServer.start(ServerOptions.local().withLimits(limits));
    honest = NatsBus.connect(BusOptions.of("nats://127.0.0.1:" + server.port(), "honest"));
    honest.subscribe("ask", "", m -> honest.publish(Message.of(m.replyTo().orElseThrow(), "yes")));
    honest.flush(SOON);
  }

  @AfterEach
  void end() throws IOException {
    honest.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void garbage() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[1 + random.nextInt(3000)];
      random.nextBytes(noise);
      try (Socket socket = connect()) {
        socket.getOutputStream().write(noise);
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
      }
    }
    assertUnharmed();
    await().until(() -> server.stats().connections() == 1);
  }

  @Test
  void aHeaderOfAHundredMegabytes() throws Exception {
    Socket socket = connect();
    socket
        .getOutputStream()
        .write(bytes("CONNECT {\"headers\":true}\r\nHPUB a 104857600 104857600\r\n"));
    String heard = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(heard).endsWith("-ERR 'Maximum Payload Violation'\r\n");
    assertUnharmed();
  }

  @Test
  void neverReads() throws Exception {
    Socket deaf = connect();
    deaf.getOutputStream().write(bytes("CONNECT {}\r\nSUB flood 1\r\nPING\r\n"));
    byte[] block = new byte[64 * 1024];
    long deadline = System.nanoTime() + SOON.toNanos() * 4;
    while (server.stats().slowConsumers() == 0 && System.nanoTime() < deadline) {
      honest.publish(Message.of("flood", block));
      assertThat(server.stats().pendingBytes()).isLessThan(6L * MIB);
    }
    assertThat(server.stats().slowConsumers()).isEqualTo(1);
    assertUnharmed();
    await().until(() -> server.stats().pendingBytes() == 0);
    assertThat(server.stats().connections()).isEqualTo(1);
  }

  @Test
  void neverReadsALittle() throws Exception {
    Socket deaf = connect();
    deaf.setReceiveBufferSize(4096);
    deaf.getOutputStream().write(bytes("CONNECT {}\r\nSUB flood 1\r\nPING\r\n"));
    byte[] block = new byte[64 * 1024];
    while (server.stats().pendingBytes() < 300_000) {
      honest.publish(Message.of("flood", block));
      honest.flush(SOON);
    }
    // Less than a client may leave waiting, but for longer than it may.
    await().atMost(60, TimeUnit.SECONDS).until(() -> server.stats().slowConsumers() == 1);
    assertUnharmed();
  }

  @Test
  void halfLinesAndHalfPayloads() throws Exception {
    for (int i = 0; i < 100; i++) {
      connect().getOutputStream().write(bytes("PUB half 1000000\r\nbegin"));
      connect().getOutputStream().write(bytes("SUB half"));
    }
    assertUnharmed();
    byte[] most = new byte[900_000];
    int cut = 0;
    for (int i = 0; i < 20; i++) {
      try {
        OutputStream out = connect().getOutputStream();
        out.write(bytes("PUB half 1000000\r\n"));
        out.write(most);
      } catch (IOException e) {
        cut++;
      }
    }
    assertUnharmed();
    await().until(() -> server.stats().slowConsumers() > 0);
    assertThat(cut).isLessThan(20);
  }

  @Test
  void tensOfThousandsOfSubscriptions() throws Exception {
    Socket greedy = connect();
    StringBuilder words = new StringBuilder("CONNECT {\"verbose\":false}\r\n");
    for (int i = 0; i < 12_000; i++) {
      words.append("SUB greedy.").append(i).append(".* ").append(i).append("\r\n");
    }
    greedy.getOutputStream().write(bytes(words.toString()));
    await().until(() -> server.stats().subscriptions() > 10_000);
    assertThat(server.stats().subscriptions()).isLessThan(10_010);
    assertUnharmed();
    greedy.close();
    await().until(() -> server.stats().subscriptions() < 10);
  }

  @Test
  void aFloodOfConnections() throws Exception {
    for (int i = 0; i < 1000; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
    assertUnharmed();
    assertThat(server.stats().connections()).isLessThanOrEqualTo(300);
    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> server.stats().connections() == 1);
    assertUnharmed();
  }

  @Test
  void refusesToListenBeyondTheMachineUnprotected() {
    assertThatThrownBy(() -> EmbeddedServer.start(ServerOptions.local().at("0.0.0.0", 0)))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("TLS");
  }

  @Test
  void namesThePortItCannotHave() {
    assertThatThrownBy(
            () -> EmbeddedServer.start(ServerOptions.local().at("127.0.0.1", server.port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  private void assertUnharmed() throws Exception {
    assertThat(honest.request(Message.of("ask", ""), SOON).get().text()).isEqualTo("yes");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    sockets.add(socket);
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
