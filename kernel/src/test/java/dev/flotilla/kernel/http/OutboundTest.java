package dev.flotilla.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private final Outbound outbound = new Outbound(Duration.ofSeconds(5));

  @Test
  void aConnectionIsKeptForTheNextRequest() throws IOException {
    try (Server server = new Server(Integer.MAX_VALUE)) {
      assertThat(server.ask(outbound)).isEqualTo("hello");
      assertThat(server.ask(outbound)).isEqualTo("hello");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void aKeptConnectionThatTheServerClosedIsReplacedAndTheRequestSentAgain() throws IOException {
    try (Server server = new Server(1)) {
      assertThat(server.ask(outbound)).isEqualTo("hello");
      assertThat(server.ask(outbound)).isEqualTo("hello");
      assertThat(server.connections).hasValue(2);
      assertThat(server.asked).hasValue(2);
    }
  }

  @Test
  void aServerThatIsSilentOnAKeptConnectionIsNotAskedTwice() throws IOException {
    try (Server server = new Server(Integer.MAX_VALUE)) {
      assertThat(server.ask(outbound)).isEqualTo("hello");
      server.silent = true;
      assertThatThrownBy(() -> server.ask(outbound, Duration.ofMillis(50)))
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(server.connections).hasValue(1);
    }
  }

  /** Answers so many requests on each connection, and closes it then without saying so. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final int most;
    private volatile boolean silent;

    Server(int most) throws IOException {
      this.most = most;
      Thread.ofVirtual().start(this::accept);
    }

    String ask(Outbound outbound) throws IOException {
      return ask(outbound, Duration.ofSeconds(30));
    }

    String ask(Outbound outbound, Duration silence) throws IOException {
      URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
      try (Outbound.Answer answer =
          outbound.send(new Outbound.Ask("GET", uri, Map.of(), new byte[0], silence))) {
        return new String(answer.bytes(100), StandardCharsets.UTF_8);
      }
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          connections.incrementAndGet();
          serve(client);
        } catch (IOException gone) {
          assertThat(gone).isNotNull();
        }
      }
    }

    private void serve(Socket client) throws IOException {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < most; i++) {
        for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
          if (line == null) {
            return;
          }
        }
        asked.incrementAndGet();
        if (!silent) {
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
