package dev.flotilla.bench.mixed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Keeps numbers in a cache and asks for them a while later. Thread-safe. */
final class CacheUse {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestFleet fleet;
  private final Account account;

  CacheUse(TestFleet fleet, Account account) {
    this.fleet = fleet;
    this.account = account;
  }

  void putAndGet(long number) throws IOException, InterruptedException {
    Instant kept = Instant.now();
    Map<String, Object> key = Map.of("cache", "numbers", "key", "n" + number);
    HttpResponse<String> put =
        fleet.post(
            TestFleet.CACHE,
            "/operations/put",
            Map.of("cache", "numbers", "key", "n" + number, "value", number),
            PATIENCE);
    account.note(
        "cache, kept", put.statusCode() == 200 ? End.ANSWERED : End.TOLD, kept, put.body());
    if (put.statusCode() != 200) {
      return;
    }
    Thread.sleep(Duration.ofMillis(500));
    Instant asked = Instant.now();
    HttpResponse<String> got = fleet.post(TestFleet.CACHE, "/operations/get", key, PATIENCE);
    account.note(
        "cache, asked for", judge(number, kept, got), asked, got.statusCode() + " " + got.body());
  }

  private End judge(long number, Instant kept, HttpResponse<String> got) throws IOException {
    JsonNode body = Wire.mapper().readTree(got.body());
    if (got.statusCode() != 200) {
      return body.has("error") ? End.TOLD : End.UNCLEAR;
    }
    if (!body.path("known").asBoolean()) {
      return fleet.wasAway(TestFleet.CACHE, kept) ? End.FORGOTTEN : End.LOST;
    }
    return body.path("value").asLong() == number ? End.ANSWERED : End.WRONG;
  }
}
