package dev.flotilla.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.process.ProcessTable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTalkTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private Duration timeout = Duration.ofSeconds(30);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final CountDownLatch never = new CountDownLatch(1);
  private final ServerSocket server = open();
  private final SocketLoop loop = new SocketLoop();

  /** What the agent under question does with a connection. */
  private interface Behaviour {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    loop.close();
  }

  private Answer ask(Behaviour behaviour) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  asked.incrementAndGet();
                  Thread.ofVirtual().start(() -> answer(socket, behaviour));
                } catch (IOException e) {
                  return;
                }
              }
            });
    return ask(new Probe.Http("127.0.0.1", server.getLocalPort(), "/health"));
  }

  private Answer ask(Probe.Http check) {
    return talk(check.port(), new HttpTalk(check, timeout));
  }

  private Answer talk(int port, Talk<Answer> talk) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          var _ =
              loop.talk(
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout, talk)
                  .thenAccept(answer::complete);
        });
    return answer.join();
  }

  private void answer(Socket socket, Behaviour behaviour) {
    try (socket) {
      byte[] request = new byte[2048];
      int read = socket.getInputStream().read(request);
      assertThat(read).isPositive();
      behaviour.answer(socket, socket.getOutputStream());
    } catch (IOException | InterruptedException e) {
      sent.addAndGet(0); // the asker has gone, as it may
    }
  }

  private static Behaviour saying(String text) {
    return (socket, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void any2xxIsWell() {
    assertThat(ask(saying("HTTP/1.1 204 No Content\r\n\r\n")).ok()).isTrue();
  }

  @Test
  void anOldServerIsUnderstood() {
    assertThat(ask(saying("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")).ok()).isTrue();
  }

  @Test
  void aConnectionThatStaysOpenIsNotWaitedFor() {
    Answer answer =
        ask(
            (socket, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok"
                      .getBytes(StandardCharsets.ISO_8859_1));
              never.await();
            });
    assertThat(answer.ok()).isTrue();
  }

  @Test
  void aBodyThatNeverEndsDoesNotMakeAHealthyAgentSick() {
    timeout = Duration.ofSeconds(2);
    Answer answer =
        ask(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\nand".getBytes(StandardCharsets.ISO_8859_1));
              never.await();
            });
    assertThat(answer.ok()).isTrue();
  }

  @Test
  void anErrorIsSaidWithItsWords() {
    Answer answer = ask(saying("HTTP/1.1 503 Not now\r\n\r\n{\"reason\":\"model is loading\"}"));
    assertThat(answer.ok()).isFalse();
    assertThat(answer.detail())
        .isEqualTo("answered 503, expected 2xx: {\"reason\":\"model is loading\"}");
  }

  @Test
  void aRedirectToItselfIsNotFollowed() {
    Answer answer = ask(saying("HTTP/1.1 302 Found\r\nLocation: /health\r\n\r\n"));
    assertThat(answer.detail()).isEqualTo("answered 302, expected 2xx");
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoNeverAnswersIsNotWaitedForLongerThanTheTimeout() {
    timeout = SHORT;
    Answer answer = ask((socket, out) -> never.await());
    assertThat(answer.detail()).contains("within 400 ms");
  }

  @Test
  void whoAnswersByteByByteIsNotWaitedForLongerThanTheTimeout() {
    timeout = SHORT;
    Answer answer =
        ask(
            (socket, out) -> {
              for (int i = 0; i < 2000; i++) {
                out.write('H');
                out.flush();
                Thread.sleep(25);
              }
            });
    assertThat(answer.detail()).contains("within 400 ms");
  }

  @Test
  void anAnswerOfAGigabyteIsNotRead() {
    Answer answer =
        ask(
            (socket, out) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
              byte[] block = new byte[1 << 20];
              for (int i = 0; i < 1024; i++) {
                out.write(block);
                sent.addAndGet(block.length);
              }
            });
    assertThat(answer.ok()).isTrue();
    assertThat(sent.get()).isLessThan(64L << 20);
  }

  @Test
  void garbageIsNoHttp() {
    assertThat(ask(saying("\u0000\u0001\u0002 hello\n")).detail()).isEqualTo("answered no HTTP");
  }

  @Test
  void nobodyListening() throws IOException {
    int port = server.getLocalPort();
    server.close();
    Answer answer = ask(new Probe.Http("127.0.0.1", port, "/"));
    assertThat(answer.detail()).isEqualTo("http://127.0.0.1:%d/: nobody listens".formatted(port));
    assertThat(
            talk(
                    port,
                    new TcpTalk(new Probe.Tcp("127.0.0.1", port), timeout, 0, new ProcessTable()))
                .detail())
        .contains("nobody listens");
  }
}
