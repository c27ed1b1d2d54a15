package dev.flotilla.kernel.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Wire;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpListenerTest {
  /** More than the buffers between the two hold, so that the server has to wait for the client. */
  private static final byte[] LONG = "0123456789abcdef".repeat(2_000_000).getBytes(UTF_8);

  private final CountDownLatch gone = new CountDownLatch(1);
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
  private final HttpListener listener = start(HttpSettings.loopback(0).maxBody(1000));

  private HttpListener start(HttpSettings settings) {
    Routes routes =
        new Routes()
            .get("/health", request -> HttpResponse.json(Map.of("status", "ok")))
            .get(
                "/agents/{id}/logs",
                request ->
                    HttpResponse.text(
                        request.parameter("id") + " " + request.query("tail").orElse("all")))
            .get("/files/*", request -> HttpResponse.text(request.path()))
            .get("/long", request -> HttpResponse.bytes("x/y", LONG))
            .get("/long/stream", request -> HttpResponse.stream("x/y", out -> out.write(LONG)))
            .post("/echo", request -> HttpResponse.bytes("x/y", request.body()))
            .get(
                "/broken",
                request -> {
                  throw new IllegalStateException("secret");
                })
            .get(
                "/conflict",
                request -> {
                  throw Failure.conflict("two", "one", "Choose.").exception();
                })
            .get(
                "/events",
                request ->
                    HttpResponse.events(
                        events -> {
                          try {
                            events.send("first", "a\nb");
                            for (int i = 0; ; i++) {
                              events.send("tick", "" + i);
                            }
                          } finally {
                            gone.countDown();
                          }
                        }));
    try {
      return HttpListener.start(settings, routes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    listener.close();
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/long/stream"})
  void aLongAnswerArrivesWhole(String path) throws Exception {
    for (int i = 0; i < 5; i++) {
      byte[] answer =
          client
              .sendAsync(request(path).build(), BodyHandlers.ofByteArray())
              .get(30, TimeUnit.SECONDS)
              .body();
      assertThat(Arrays.mismatch(answer, LONG)).isEqualTo(-1);
    }
  }

  @Test
  void routesGetTheirParametersDecoded() throws Exception {
    assertThat(get("/agents/a%2Fb%40pc2/logs?tail=5").body()).isEqualTo("a/b@pc2 5");
    assertThat(get("/agents/x+y/logs").body()).isEqualTo("x+y all");
    assertThat(get("/files/a/b.css").body()).isEqualTo("/files/a/b.css");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/agents/%zz/logs", "/agents/100%/logs", "/%e"})
  void aPathThatCannotBeDecodedIsRefused(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void errorsAreJson() throws Exception {
    assertThat(error(get("/nowhere"), 404).path("kind").asText()).isEqualTo("not-found");
    assertThat(error(get("/conflict"), 409).path("advice").asText()).isEqualTo("Choose.");
    assertThat(get("/broken").body()).doesNotContain("secret").contains("\"internal\"");
    var wrongMethod = send("DELETE", "/echo", "", Map.of());
    assertThat(error(wrongMethod, 405).path("expected").asText()).isEqualTo("POST");
    assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void bodiesUpToTheLimitAreTaken() throws Exception {
    assertThat(send("POST", "/echo", "x".repeat(1000), Map.of()).body()).hasSize(1000);
    error(send("POST", "/echo", "x".repeat(1001), Map.of()), 413);
    assertThat(send("POST", "/echo", "", Map.of()).body()).isEmpty();
  }

  @Test
  void clientsThatSendTheirBodiesTooSlowlyAreCutWhileOthersAreAnswered() throws Exception {
    try (HttpListener impatient =
        start(HttpSettings.loopback(0).bodyPatience(Duration.ofMillis(400)))) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.port());
        socket.setSoTimeout(30_000);
        slow.add(socket);
        write(socket, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
      }
      URI other = impatient.uri().resolve("/health");
      assertThat(
              client
                  .send(
                      java.net.http.HttpRequest.newBuilder(other).build(), BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(new String(rest(socket), StandardCharsets.ISO_8859_1)).doesNotContain(" 200 ");
        socket.close();
      }
    }
  }

  @Test
  void aBodyThatEndsTooEarlyIsToldSoAndTheNextRequestIsAnswered() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(30_000);
      write(socket, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
      socket.shutdownOutput();
      assertThat(new String(rest(socket), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 400")
          .contains("ends too early");
    }
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Until the listener closes the connection, in whatever way. */
  private static byte[] rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return all.toByteArray();
  }

  @Test
  void eventsArriveWhenTheyAreSentAndEndWhenTheReaderGoes() throws Exception {
    var response = client.send(request("/events").build(), BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (InputStream in = response.body();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).isEqualTo("event: first");
      assertThat(reader.readLine()).isEqualTo("data: a");
      assertThat(reader.readLine()).isEqualTo("data: b");
      assertThat(reader.readLine()).isEmpty();
      assertThat(reader.readLine()).isEqualTo("event: tick");
    }
    assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingEndsStreams() throws Exception {
    var response = client.send(request("/events").build(), BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      assertThat(in.read()).isEqualTo('e');
      listener.close();
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingWaitsForAnswers() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Thread closer = Thread.currentThread();
    Routes routes =
        new Routes()
            .get(
                "/slow",
                request -> {
                  asked.countDown();
                  await().until(() -> closes(closer));
                  return HttpResponse.text("late");
                });
    HttpListener busy = HttpListener.start(HttpSettings.loopback(0), routes);
    var late =
        client.sendAsync(
            java.net.http.HttpRequest.newBuilder(busy.uri().resolve("/slow")).build(),
            BodyHandlers.ofString());
    asked.await();
    busy.close();
    assertThat(late.get(60, TimeUnit.SECONDS).body()).isEqualTo("late");
  }

  /** It looks every few milliseconds whether answers under way have ended: here hardly ever. */
  @Test
  void closingEndsConnectionsThatAreKeptAndDoesNotWaitForThem() throws Exception {
    try (Socket kept = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      kept.setSoTimeout(60_000);
      kept.getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      InputStream in = kept.getInputStream();
      String answer = "";
      while (!answer.endsWith("}")) {
        answer += (char) in.read();
      }
      assertThat(answer).startsWith("HTTP/1.1 200");
      long before = waits();
      listener.close();
      assertThat(waits() - before).isLessThan(20);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** How often this thread has waited for something. */
  private static long waits() {
    return ManagementFactory.getThreadMXBean()
        .getThreadInfo(Thread.currentThread().threadId())
        .getWaitedCount();
  }

  private static boolean closes(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(HttpListener.class.getName())
                    && frame.getMethodName().equals("close"));
  }

  @Test
  void aTokenIsAskedForEverywhereButForHealth() throws Exception {
    try (HttpListener guarded = start(HttpSettings.loopback(0).token("s3cret"))) {
      URI uri = guarded.uri();
      assertThat(status(uri, "/health", Map.of())).isEqualTo(200);
      assertThat(status(uri, "/files/x", Map.of())).isEqualTo(401);
      assertThat(status(uri, "/files/x", Map.of("Authorization", "Bearer other"))).isEqualTo(401);
      assertThat(status(uri, "/files/x", Map.of("Authorization", "Bearer s3cret"))).isEqualTo(200);
    }
    assertThat(HttpSettings.loopback(0).token("s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void pagesOfOthersCannotReachIn() throws Exception {
    Map<String, String> foreign = Map.of("Origin", "https://evil.example");
    error(send("POST", "/echo", "x", foreign), 403);
    assertThat(send("POST", "/echo", "x", Map.of("Origin", listener.uri().toString())).statusCode())
        .isEqualTo(200);
    assertThat(raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void garbageIsRefusedAndTheNextRequestIsAnswered() throws Exception {
    assertThat(raw("\u0000\u0001garbage\r\n\r\n")).contains("400");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(200_000) + "\r\n\r\n"))
        .contains("400");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void beyondLoopbackATokenAndTlsAreRequired() {
    HttpSettings open = new HttpSettings("0.0.0.0", 0, Optional.empty(), Optional.empty(), 1000);
    assertThatThrownBy(() -> HttpListener.start(open, new Routes()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("will not listen on 0.0.0.0:0")
        .hasMessageContaining("without a token")
        .hasMessageContaining("127.0.0.1");
    assertThatThrownBy(() -> HttpListener.start(open.token("t"), new Routes()))
        .hasMessageContaining("without TLS");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () -> HttpListener.start(HttpSettings.loopback(listener.port()), new Routes()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + listener.port());
  }

  private java.net.http.HttpRequest.Builder request(String path) {
    return java.net.http.HttpRequest.newBuilder(URI.create(listener.uri() + path));
  }

  private java.net.http.HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private java.net.http.HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) throws Exception {
    var builder = request(path).method(method, BodyPublishers.ofString(body));
    headers.forEach(builder::header);
    return client.send(builder.build(), BodyHandlers.ofString());
  }

  private int status(URI uri, String path, Map<String, String> headers) throws Exception {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(uri + path));
    headers.forEach(builder::header);
    return client.send(builder.build(), BodyHandlers.discarding()).statusCode();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(5000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?i).*(pipe|reset).*");
      }
      byte[] answer = new byte[400];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }
  }

  private static JsonNode error(java.net.http.HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return Wire.read(response.body().getBytes(StandardCharsets.UTF_8), JsonNode.class)
        .path("error");
  }
}
