package dev.flotilla.bench.mixed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of all kinds, each asking again and again until the end. */
final class Traffic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int EACH = 4;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration AFTER_A_CUT = Duration.ofMillis(250);

  private static final String SERVED = "pool's model, by a server";
  private static final String SERVED_STREAM = "pool's model, by a server, streamed";
  private static final String INSIDE = "pool's model, by llama.cpp inside";

  private final TestFleet fleet;
  private final Account account;
  private final Jobs jobs;
  private final Instant end;
  private final AtomicLong numbers = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();

  /** One request. */
  @FunctionalInterface
  interface Turn {
    void take(long number) throws IOException, InterruptedException;
  }

  /** What an answer of status 200 is worth. */
  @FunctionalInterface
  private interface Judge {
    End of(String body) throws IOException;
  }

  Traffic(TestFleet fleet, Account account, Jobs jobs, Instant end) {
    this.jobs = jobs;
    this.fleet = fleet;
    this.account = account;
    this.end = end;
  }

  void start() {
    for (int i = 0; i < EACH; i++) {
      repeat("chat", TestFleet.DOOR, n -> chat("chat", "numbers", n, false));
      repeat("stream", TestFleet.DOOR, n -> chat("stream", "numbers", n, true));
      repeat("job submitted", TestFleet.JOBS, jobs::submit);
      repeat("job worked on", TestFleet.JOBS, jobs::work);
    }
    CacheUse caches = new CacheUse(fleet, account);
    for (int i = 0; i < EACH / 2; i++) {
      repeat("embedding", TestFleet.DOOR, this::embedding);
      repeat(SERVED, TestFleet.DOOR, n -> chat(SERVED, TestFleet.SERVED, n, false));
      repeat(SERVED_STREAM, TestFleet.DOOR, n -> chat(SERVED_STREAM, TestFleet.SERVED, n, true));
      repeat("cache", TestFleet.CACHE, caches::putAndGet);
    }
    repeat(INSIDE, TestFleet.DOOR, n -> chat(INSIDE, TestFleet.INSIDE, n, false));
  }

  private void repeat(String what, String service, Turn turn) {
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  while (Instant.now().isBefore(end)) {
                    try {
                      turn(what, service, turn);
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                }));
  }

  private void turn(String what, String service, Turn turn) throws InterruptedException {
    Instant begun = Instant.now();
    try {
      turn.take(numbers.incrementAndGet());
      Thread.sleep(PAUSE);
    } catch (HttpTimeoutException e) {
      account.note(what, End.HUNG, begun, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      account.note(
          what,
          fleet.wasAway(service, begun) ? End.CUT_BY_KILL : End.CUT,
          begun,
          String.valueOf(e));
      Thread.sleep(AFTER_A_CUT);
    }
  }

  private void chat(String what, String model, long number, boolean stream)
      throws IOException, InterruptedException {
    ask(
        what,
        "/v1/chat/completions",
        """
        {"model":"%s","stream":%s,"max_tokens":4,\
        "messages":[{"role":"user","content":"say number %d"}]}\
        """
            .formatted(model, stream, number),
        judge(model, number, stream));
  }

  private void embedding(long number) throws IOException, InterruptedException {
    ask(
        "embedding",
        "/v1/embeddings",
        """
        {"model":"numbers","input":"number %d"}\
        """
            .formatted(number),
        body ->
            Wire.mapper().readTree(body).at("/data/0/embedding/0").asLong() == number
                ? End.ANSWERED
                : End.WRONG);
  }

  private void ask(String what, String path, String body, Judge judge)
      throws IOException, InterruptedException {
    Instant begun = Instant.now();
    HttpResponse<String> answer = fleet.post(TestFleet.DOOR, path, body, PATIENCE);
    End how = answer.statusCode() == 200 ? judge.of(answer.body()) : error(answer);
    account.note(what, how, begun, answer.statusCode() + " " + answer.body());
  }

  private static Judge judge(String model, long number, boolean stream) {
    if (stream) {
      return body -> streamed(body, number);
    }
    return body -> {
      JsonNode content = Wire.mapper().readTree(body).at("/choices/0/message/content");
      boolean right =
          model.equals(TestFleet.INSIDE)
              ? content.isTextual()
              : content.asText().equals("" + number);
      return right ? End.ANSWERED : End.WRONG;
    };
  }

  private static End streamed(String body, long number) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line : body.lines().filter(l -> l.startsWith("data: ")).toList()) {
      String data = line.substring(6);
      if (data.equals("[DONE]")) {
        return said.toString().equals(MoodyServer.streamed(number)) ? End.ANSWERED : End.WRONG;
      }
      JsonNode part = Wire.mapper().readTree(data);
      if (part.has("error")) {
        return End.TOLD;
      }
      said.append(part.at("/choices/0/delta/content").asText(""));
    }
    return End.CUT;
  }

  /** Who cannot be answered now is told when to come again. */
  private static End error(HttpResponse<String> answer) throws IOException {
    boolean now = answer.statusCode() == 503 || answer.statusCode() == 429;
    boolean when = !now || answer.headers().firstValue("Retry-After").isPresent();
    return when && !message(answer.body()).isEmpty() ? End.TOLD : End.UNCLEAR;
  }

  private static String message(String body) {
    try {
      return Wire.mapper().readTree(body).at("/error/message").asText("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Waits until everybody has had an end. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
