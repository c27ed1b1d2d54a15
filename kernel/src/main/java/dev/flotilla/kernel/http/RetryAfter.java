package dev.flotilla.kernel.http;

import io.helidon.http.DateTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header Retry-After of answers. Pure. */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d+)?");

  private RetryAfter() {}

  /**
   * How long a server wants to be left alone; empty when it says nothing that can be read.
   *
   * @param header seconds, or a date of HTTP in any of its three forms
   * @param date the answer's header Date, by which a date is meant: clocks differ
   * @param now taken for it where there is none
   */
  public static Optional<Duration> of(String header, Optional<String> date, Instant now) {
    String wanted = header.strip();
    if (SECONDS.matcher(wanted).matches()) {
      return Optional.of(Duration.ofMillis((long) (Double.parseDouble(wanted) * 1000)));
    }
    Instant sent = date.flatMap(RetryAfter::instant).orElse(now);
    return instant(wanted)
        .map(until -> until.isAfter(sent) ? Duration.between(sent, until) : Duration.ZERO);
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(DateTime.parse(date.strip()).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
