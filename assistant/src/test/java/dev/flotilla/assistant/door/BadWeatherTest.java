package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients and servers that behave badly, a full door and a door that stops. */
final class BadWeatherTest extends DoorCase {
  @Override
  String router() {
    return """
    targets:
      first: {url: '%s', silence: 1s}
      second: {url: '%s'}
    tasks:
      heavy_tasks: {patterns: [code_generation], target: first, fallback: second}
    """
        .formatted(first.url(), second.url());
  }

  @Override
  String config() {
    return "mostAtOnce: 1, mostWaiting: 1";
  }

  private CompletableFuture<HttpResponse<String>> soon(String text, String... headers) {
    return CompletableFuture.supplyAsync(
        () -> door.chat("first", text, headers), Executors.newVirtualThreadPerTaskExecutor());
  }

  @Test
  void aBodyOfAHundredMegabytesIsRefusedWithoutBeingKept() throws Exception {
    byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      client.setSoTimeout(30_000);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      OutputStream out = client.getOutputStream();
                      out.write(
                          "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                      for (int i = 0; i < 100; i++) {
                        out.write(piece);
                      }
                    } catch (IOException refused) {
                      return;
                    }
                  });
      byte[] answer = new byte[4096];
      int length = client.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 413")
          .contains("invalid_request_error");
      client.shutdownOutput();
      writer.join();
    }
    assertThat(said(door.chat("second", "x"))).isEqualTo("hello");
  }

  @Test
  void clientsThatNeverFinishTheirRequestsKeepNobodyOut() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
      slow.add(socket);
      String begun = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-";
      socket
          .getOutputStream()
          .write(
              (i % 2 == 0 ? begun : begun + "Length: 500\r\n\r\n{\"mess")
                  .getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(said(door.chat("first", "x"))).isEqualTo("hello");
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void aClientThatClosesItsSendingSideInTheMiddleIsToldWhatIsMissing() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      client.setSoTimeout(30_000);
      client
          .getOutputStream()
          .write(
              "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n{\"mess"
                  .getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      String answer = all(client);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("\"invalid_request_error\"");
    }
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void aClientThatClosesItsSendingSideWhileItWaitsHasLeft() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    second.then(ScriptedUpstream.silentUntilCut(cut));
    String body = body("second", "x", false);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      client.setSoTimeout(30_000);
      send(client, body);
      await().until(() -> second.requests().size() == 1);
      client.shutdownOutput();
      assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String all(Socket client) throws IOException {
    StringBuilder got = new StringBuilder();
    try {
      for (int c = client.getInputStream().read(); c >= 0; c = client.getInputStream().read()) {
        got.append((char) c);
      }
    } catch (SocketException reset) {
      assertThat(got).isNotEmpty();
    }
    return got.toString();
  }

  @Test
  void anUpstreamThatNeverEndsIsCutAtTheDeadline() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    first.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          try {
            while (true) {
              ScriptedUpstream.event(out, ScriptedUpstream.delta("on and "));
            }
          } catch (IOException gone) {
            cut.countDown();
          }
        });
    String deadline = Long.toString(System.currentTimeMillis() + 1_500);
    HttpResponse<String> answer =
        door.post("/v1/chat/completions", body("first", "x", true), "Flotilla-Deadline", deadline);
    assertThat(answer.body())
        .contains("on and ")
        .contains("deadline_exceeded")
        .doesNotContain("[DONE]");
    assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(first.requests().getFirst().headers()).containsEntry("flotilla-deadline", deadline);
  }

  @Test
  void anUpstreamThatSaysNothingForTooLongIsReplaced() {
    first.then(ScriptedUpstream.waitsFor(new CountDownLatch(1)));
    second.then(ScriptedUpstream.answers("from the second"));
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("from the second");
  }

  /** The one place there is, taken until it may go. */
  private CompletableFuture<HttpResponse<String>> occupied(CountDownLatch go) {
    second.then(
        (request, out, socket) -> {
          go.await();
          ScriptedUpstream.text(out, "hello");
        });
    CompletableFuture<HttpResponse<String>> inside =
        CompletableFuture.supplyAsync(
            () -> door.chat("second", "x"), Executors.newVirtualThreadPerTaskExecutor());
    await().until(() -> second.requests().size() == 1);
    return inside;
  }

  @Test
  void whoComesWhenTheDoorIsFullIsSentAwayWithATimeToComeBack() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> inside = occupied(go);
    CompletableFuture<HttpResponse<String>> waiting = soon("x");
    await().until(() -> door.get("/metrics").body().contains("flotilla_requests_waiting 1.0"));
    HttpResponse<String> away = door.chat("first", "x");
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.headers().firstValue("Retry-After")).isPresent();
    assertThat(json(away).at("/error/code").asText()).isEqualTo("overloaded");
    go.countDown();
    assertThat(said(inside.get(30, TimeUnit.SECONDS))).isEqualTo("hello");
    assertThat(said(waiting.get(30, TimeUnit.SECONDS))).isEqualTo("hello");
  }

  @Test
  void aStopLosesNothingThatIsUnderWay() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    second.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          ScriptedUpstream.event(out, ScriptedUpstream.delta("begun, "));
          go.await();
          ScriptedUpstream.event(out, ScriptedUpstream.delta("ended"));
          ScriptedUpstream.event(out, "[DONE]");
          ScriptedUpstream.chunk(out, "");
        });
    CompletableFuture<HttpResponse<String>> inside =
        CompletableFuture.supplyAsync(
            () -> door.post("/v1/chat/completions", body("second", "x", true)),
            Executors.newVirtualThreadPerTaskExecutor());
    await().until(() -> second.requests().size() == 1);
    Thread stop = Thread.ofVirtual().start(door::stop);
    await()
        .untilAsserted(() -> assertThat(door.chat("second", "late").statusCode()).isEqualTo(503));
    go.countDown();
    assertThat(inside.get(30, TimeUnit.SECONDS).body())
        .contains("begun, ")
        .contains("ended")
        .endsWith("data: [DONE]\n\n");
    stop.join();
  }

  @Test
  void whatHasNotEndedWhenTheDoorMustCloseIsToldSo() throws Exception {
    reopen(router(), config() + ", drain: 10ms");
    CountDownLatch cut = new CountDownLatch(1);
    second.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          ScriptedUpstream.event(out, ScriptedUpstream.delta("begun, "));
          ScriptedUpstream.silentUntilCut(cut).play(request, out, socket);
        });
    CompletableFuture<HttpResponse<String>> inside =
        CompletableFuture.supplyAsync(
            () -> door.post("/v1/chat/completions", body("second", "x", true)),
            Executors.newVirtualThreadPerTaskExecutor());
    await().until(() -> door.get("/metrics").body().contains("flotilla_requests_inside 1.0"));
    await().until(() -> second.requests().size() == 1);
    door.stop();
    assertThat(inside.get(30, TimeUnit.SECONDS).body())
        .contains("\"closing\"")
        .doesNotContain("[DONE]");
    assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoLeavesWhileItWaitsIsNotLetIn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> inside = occupied(go);
    String body = body("first", "x", false);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      send(client, body);
      await().until(() -> door.get("/metrics").body().contains("flotilla_requests_waiting 1.0"));
    }
    await().until(() -> door.get("/metrics").body().contains("flotilla_requests_waiting 0.0"));
    go.countDown();
    assertThat(said(inside.get(30, TimeUnit.SECONDS))).isEqualTo("hello");
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void aRepetitionWhileTheFirstIsUnderWayWaitsForItsAnswer() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    first.then(
        (request, out, socket) -> {
          go.await();
          ScriptedUpstream.text(out, "once");
        });
    CompletableFuture<HttpResponse<String>> one = soon("x", "Idempotency-Key", "k1");
    await().until(() -> first.requests().size() == 1);
    CompletableFuture<HttpResponse<String>> two = soon("x", "Idempotency-Key", "k1");
    HttpResponse<String> other = door.chat("first", "something else", "Idempotency-Key", "k1");
    assertThat(other.statusCode()).isEqualTo(400);
    go.countDown();
    assertThat(said(one.get(30, TimeUnit.SECONDS))).isEqualTo("once");
    assertThat(said(two.get(30, TimeUnit.SECONDS))).isEqualTo("once");
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void whatFailedMayBeAskedAgainWithTheSameIdempotencyKey() {
    first.then(ScriptedUpstream.fails(400, ""), ScriptedUpstream.answers("now"));
    assertThat(door.chat("first", "x", "Idempotency-Key", "k2").statusCode()).isEqualTo(400);
    assertThat(said(door.chat("first", "x", "Idempotency-Key", "k2"))).isEqualTo("now");
  }
}
