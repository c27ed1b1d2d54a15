package dev.flotilla.node.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ZmqCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Answer ask(int port) {
    return ask(port, PATIENCE);
  }

  private static Answer ask(int port, Duration timeout) {
    return ZmqCheck.ask(new Probe.Zmq("127.0.0.1", port, "ping"), timeout);
  }

  /** The other side as the specification has it, byte by byte. */
  @Test
  void speaksTheProtocolByTheBook() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> serve(server, heard));
      assertThat(ask(server.getLocalPort()).ok()).isTrue();
      assertThat(heard.get()).isEqualTo("NULL|READY Socket-Type=REQ|empty|ping");
    }
  }

  private static void serve(ServerSocket server, CompletableFuture<String> heard) {
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      byte[] greeting = new byte[64];
      greeting[0] = (byte) 0xff;
      greeting[9] = 0x7f;
      greeting[10] = 3;
      System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
      greeting[32] = 1;
      out.write(greeting);
      byte[] theirs = in.readNBytes(64);
      String mechanism = new String(theirs, 12, 4, StandardCharsets.US_ASCII);
      assertThat(in.readUnsignedByte()).isEqualTo(4);
      byte[] ready = in.readNBytes(in.readUnsignedByte());
      String command =
          "READY "
              + new String(ready, 7, 11, StandardCharsets.US_ASCII)
              + "="
              + new String(ready, 22, ready[21], StandardCharsets.US_ASCII);
      out.write(4);
      out.write(26);
      out.write(5);
      out.write("READY".getBytes(StandardCharsets.US_ASCII));
      out.write(11);
      out.write("Socket-Type".getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[] {0, 0, 0, 4});
      out.write("REP\0".getBytes(StandardCharsets.US_ASCII));
      assertThat(in.readUnsignedByte()).isEqualTo(1);
      String empty = in.readUnsignedByte() == 0 ? "empty" : "full";
      assertThat(in.readUnsignedByte()).isZero();
      String text = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
      heard.complete(mechanism + "|" + command + "|" + empty + "|" + text);
      out.write(new byte[] {1, 0, 0, 4, 'p', 'o', 'n', 'g'});
      out.flush();
      int end = in.read();
      assertThat(end).isEqualTo(-1);
    } catch (IOException | AssertionError e) {
      heard.completeExceptionally(e);
    }
  }

  @Test
  void whatIsNoZmqIsSaid() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = server.accept()) {
                  socket
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII));
                  assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
                } catch (IOException e) {
                  assertThat(e).hasMessageContaining("reset");
                }
              });
      assertThat(ask(server.getLocalPort()).detail()).contains("does not speak ZMTP 3");
    }
  }

  @Test
  void silenceIsSaid() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      assertThat(ask(server.getLocalPort(), Duration.ofMillis(100)).detail())
          .contains("gave no answer within 100 ms");
    }
  }

  @Test
  @Tag("external")
  void aRealReplySocketAnswers() throws Exception {
    String script =
        """
        import zmq
        s = zmq.Context().socket(zmq.REP)
        print(s.bind_to_random_port("tcp://127.0.0.1"), flush=True)
        while True:
            s.recv(); s.send(b"pong")
        """;
    Process python =
        new ProcessBuilder("python3", "-c", script)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader reader = python.inputReader()) {
      String port = reader.readLine();
      assumeTrue(port != null, "python3 has no module zmq");
      assertThat(ask(Integer.parseInt(String.valueOf(port))).ok()).isTrue();
    } finally {
      python.destroyForcibly();
    }
  }
}
