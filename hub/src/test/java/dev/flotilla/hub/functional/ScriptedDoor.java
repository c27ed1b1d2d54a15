package dev.flotilla.hub.functional;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A door that says what it is asked to: slowly, wrongly, or until the reader has gone. */
final class ScriptedDoor implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch more = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  ScriptedDoor() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/models",
        exchange -> whole(exchange, 200, "{\"data\":[{\"id\":\"auto\"},{\"id\":\"tiny\"}]}"));
    server.createContext("/requests/", exchange -> whole(exchange, 200, EXPLANATION));
    server.createContext("/v1/chat/completions", this::chat);
    server.start();
  }

  private static final String EXPLANATION =
      """
      {"id":"req-1","answeredBy":"tiny","milliseconds":{"total":12.4},"cache":"miss","cost":0,
       "routing":{"task":"all","targets":["tiny"],"why":"no rule speaks of it","confidence":0.5},
       "attempts":[{"target":"tiny","outcome":"answered","reason":"it is the first choice"}],
       "usage":{"input":5,"output":4}}\
      """;

  int port() {
    return server.getAddress().getPort();
  }

  /** The bodies of the chats. */
  List<String> asked() {
    return asked;
  }

  /** Lets a slow answer go on. */
  void goOn() {
    more.countDown();
  }

  /** Whether the reader of an endless answer has gone. */
  boolean readerGone() throws InterruptedException {
    return gone.await(30, TimeUnit.SECONDS);
  }

  private void chat(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(body);
    if (body.contains("refuse")) {
      whole(
          exchange,
          429,
          "{\"error\":{\"message\":\"The budget of the key is used"
              + " up.\",\"code\":\"insufficient_quota\"}}");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().add("X-Request-Id", "req-1");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      if (body.contains("for ever")) {
        forEver(out);
      } else if (body.contains("break")) {
        delta(out, "Half of");
        event(
            out, "{\"error\":{\"message\":\"The answer broke off.\",\"code\":\"stream_broken\"}}");
      } else {
        delta(out, "One ");
        await();
        delta(out, "two – ünï ✓");
        event(out, "[DONE]");
      }
    }
  }

  private void await() {
    try {
      var _ = more.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forEver(OutputStream out) {
    try {
      while (true) {
        delta(out, "on ");
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException left) {
      gone.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delta(OutputStream out, String text) throws IOException {
    event(out, "{\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void whole(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    more.countDown();
    server.stop(0);
  }
}
