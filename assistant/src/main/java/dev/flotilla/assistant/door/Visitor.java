package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.door.keys.KeyStore;
import dev.flotilla.assistant.door.keys.Ledger;
import dev.flotilla.assistant.door.keys.Rates;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Texts;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.model.shape.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks at the key a request comes with: who it is, what it may, and how much is left of it. */
final class Visitor {
  private static final Key LOCAL =
      new Key(KeyStore.LOCAL, "", Instant.EPOCH, List.of(), List.of(), Key.Allowance.FREE);

  private static final Limits REQUESTS =
      new Limits(
          "X-RateLimit-Limit-Requests",
          "X-RateLimit-Remaining-Requests",
          "X-RateLimit-Reset-Requests");
  private static final Limits TOKENS =
      new Limits(
          "X-RateLimit-Limit-Tokens", "X-RateLimit-Remaining-Tokens", "X-RateLimit-Reset-Tokens");

  private final KeyStore keys;
  private final Ledger ledger;
  private final Rates rates;
  private final InstantSource time;
  private final boolean requireKey;

  Visitor(KeyStore keys, Ledger ledger, Rates rates, InstantSource time, boolean requireKey) {
    this.keys = keys;
    this.ledger = ledger;
    this.rates = rates;
    this.time = time;
    this.requireKey = requireKey;
  }

  /** Whose request it is; a key nobody gave out, as clients send that need to send one, is none. */
  Key of(HttpRequest request) throws ApiException {
    String secret = secret(request);
    Optional<Key> found = keys.find(secret);
    if (found.isPresent()) {
      return found.get();
    }
    if (!requireKey && !secret.startsWith("flk-")) {
      return LOCAL;
    }
    throw ApiError.of(
            401,
            "invalid_request_error",
            "invalid_api_key",
            secret.isEmpty()
                ? "There is no key. Expected the header Authorization: Bearer and a key of this"
                    + " door; make one with: flotilla key create NAME"
                : "The key is not known here, or was revoked. Make another with: flotilla key"
                    + " create NAME")
        .exception();
  }

  /** Whether it comes with a key that was given out here. */
  boolean knows(HttpRequest request) {
    return keys.find(secret(request)).isPresent();
  }

  private static String secret(HttpRequest request) {
    String header = request.header("authorization").orElse("");
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
  }

  /** Answers whoever may come in, and tells the others why they may not. */
  HttpResponse admits(HttpRequest request, Function<Key, HttpResponse> answer) {
    try {
      return answer.apply(of(request));
    } catch (ApiException e) {
      return e.error().response();
    }
  }

  /** Whose requests a key may see explained: where keys are required, its own; the owner all. */
  Predicate<String> sees(Key key) {
    return name -> !requireKey || key.name().equals(KeyStore.OWNER) || key.name().equals(name);
  }

  /** Whether the key may ask this at all. */
  static void mayAsk(Key key, Call.Kind kind, Optional<String> model) throws ApiException {
    String operation = kind.name().toLowerCase(Locale.ROOT);
    if (!key.operations().isEmpty() && !key.operations().contains(operation)) {
      throw forbidden(
          "The key %s is for %s, not for %s."
              .formatted(key.name(), String.join(", ", key.operations()), operation));
    }
    if (!key.models().isEmpty()
        && model.isPresent()
        && !model.get().equals("auto")
        && !key.mayAsk(model.get())) {
      throw forbidden(
          "The key %s may ask %s, not %s.%s"
              .formatted(
                  key.name(),
                  String.join(", ", key.models()),
                  model.get(),
                  Nearest.to(model.get(), key.models())
                      .map(near -> " Did you mean \"" + near + "\"?")
                      .orElse("")));
    }
  }

  /** The targets of a chain that the key may be answered by. */
  static List<String> mayBeAnsweredBy(Key key, List<String> chain, String task)
      throws ApiException {
    if (key.models().isEmpty() || key.models().contains(task)) {
      return chain;
    }
    List<String> left = chain.stream().filter(key::mayAsk).toList();
    if (left.isEmpty()) {
      throw forbidden(
          "The key %s may ask %s; this request would go to %s."
              .formatted(key.name(), String.join(", ", key.models()), String.join(", ", chain)));
    }
    return left;
  }

  /** Takes what the request will need at least, at the price of its first target. */
  Ledger.Reservation reserve(Key key, Call call, RoutingTable.Leaf first) throws ApiException {
    Optional<Duration> request = rates.request(key);
    if (request.isPresent()) {
      throw tooFast(key, "requests", request.get());
    }
    Optional<Duration> tokens = rates.tokens(key);
    if (tokens.isPresent()) {
      throw tooFast(key, "tokens", tokens.get());
    }
    long input = Texts.tokens(call);
    long output =
        call.body().path("max_completion_tokens").asLong(call.body().path("max_tokens").asLong(0))
            * call.body().path("n").asLong(1);
    return switch (ledger.reserve(key, input + output, first.cost(input, output))) {
      case Ledger.Reserved(Ledger.Reservation reservation) -> reservation;
      case Ledger.Refused(String what, boolean today) -> {
        ApiError error =
            ApiError.of(
                429,
                "insufficient_quota",
                "insufficient_quota",
                "The budget of the key %s does not cover this request: %s."
                    .formatted(key.name(), what));
        throw (today ? error.retryAfter(untilMidnight()) : error).exception();
      }
    };
  }

  /** Adds what a key with rates is told of them, by the names OpenAI's headers have. */
  void limits(Key key, Map<String, String> headers) {
    rates.requestsLeft(key).ifPresent(left -> REQUESTS.tell(left, headers));
    rates.tokensLeft(key).ifPresent(left -> TOKENS.tell(left, headers));
  }

  /** Names of headers. */
  private record Limits(String most, String left, String full) {
    void tell(Rates.Left now, Map<String, String> headers) {
      headers.put(most, Integer.toString(now.most()));
      headers.put(left, Long.toString(now.now()));
      headers.put(full, now.full().toMillis() + "ms");
    }
  }

  void took(Key key, Ledger.Reservation reservation, long tokens, double money) {
    reservation.settle(tokens, money);
    rates.took(key, tokens);
  }

  private static ApiException tooFast(Key key, String what, Duration wait) {
    return ApiError.of(
            429,
            what,
            "rate_limit_exceeded",
            "The key %s has taken all its %s of this minute. Try again in %d s."
                .formatted(key.name(), what, Math.max(1, Math.ceilDiv(wait.toMillis(), 1000))))
        .retryAfter(wait)
        .exception();
  }

  private Duration untilMidnight() {
    Instant now = time.instant();
    return Duration.between(
        now,
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant());
  }

  private static ApiException forbidden(String message) {
    return ApiError.of(403, "permission_error", "forbidden", message).exception();
  }
}
