package dev.flotilla.scan.tracker;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How long GitHub asks one to wait. */
final class RateLimit {
  private RateLimit() {}

  /** How long to wait before asking again; empty when the answer is not about limits. */
  static Optional<Duration> wait(HttpResponse<String> response, Instant now, int attempt) {
    int status = response.statusCode();
    if (status != 403 && status != 429) {
      return Optional.empty();
    }
    Optional<Long> after = number(response, "retry-after");
    if (after.isPresent()) {
      return Optional.of(Duration.ofSeconds(after.get()));
    }
    if (number(response, "x-ratelimit-remaining").filter(left -> left == 0).isPresent()) {
      long reset = number(response, "x-ratelimit-reset").orElse(now.getEpochSecond() + 60);
      return Optional.of(Duration.ofSeconds(Math.max(1, reset - now.getEpochSecond())));
    }
    boolean secondary =
        status == 429 || response.body().toLowerCase(Locale.ROOT).contains("secondary rate limit");
    return secondary ? Optional.of(Duration.ofMinutes(1L << (attempt - 1))) : Optional.empty();
  }

  private static Optional<Long> number(HttpResponse<String> response, String header) {
    return response
        .headers()
        .firstValue(header)
        .filter(value -> value.matches("\\d{1,12}"))
        .map(Long::valueOf);
  }
}
