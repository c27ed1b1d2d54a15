package dev.flotilla.bench.mixed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bench.mixed.Account.End;
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
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration AFTER_A_CUT = Duration.ofMillis(250);

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
      repeat("chat", TestFleet.DOOR, n -> ask("chat", "numbers", n, false));
      repeat("stream", TestFleet.DOOR, n -> ask("stream", "numbers", n, true));
      repeat("job submitted", TestFleet.JOBS, jobs::submit);
      repeat("job worked on", TestFleet.JOBS, jobs::work);
    }
    repeat("model of the pool", TestFleet.DOOR, n -> ask("model of the pool", "tiny", n, false));
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
      account.note(what, End.HUNG, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      account.note(
          what, fleet.wasAway(service, begun) ? End.CUT_BY_KILL : End.CUT, String.valueOf(e));
      Thread.sleep(AFTER_A_CUT);
    }
  }

  private void ask(String what, String model, long number, boolean stream)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        fleet.post(
            TestFleet.DOOR,
            "/v1/chat/completions",
            """
            {"model":"%s","stream":%s,"max_tokens":4,\
            "messages":[{"role":"user","content":"say number %d"}]}\
            """
                .formatted(model, stream, number),
            PATIENCE);
    End how =
        answer.statusCode() == 200
            ? judge(model, number, stream).of(answer.body())
            : error(answer.body());
    account.note(what, how, answer.statusCode() + " " + answer.body());
  }

  private static Judge judge(String model, long number, boolean stream) {
    if (stream) {
      return body -> streamed(body, number);
    }
    return body -> {
      JsonNode content = Wire.mapper().readTree(body).at("/choices/0/message/content");
      boolean right =
          model.equals("tiny") ? content.isTextual() : content.asText().equals("" + number);
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

  private static End error(String body) {
    try {
      return Wire.mapper().readTree(body).at("/error/message").asText("").isEmpty()
          ? End.UNCLEAR
          : End.TOLD;
    } catch (IOException e) {
      return End.UNCLEAR;
    }
  }

  /** Waits until everybody has had an end. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
