package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.kernel.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a request asks of the door by its headers.
 *
 * @param session what stays with one target when requests are spread
 * @param priority more goes first
 * @param deadline until when the caller waits
 */
record Wishes(Optional<String> task, Optional<String> session, int priority, Instant deadline) {

  /**
   * @param patience how long a caller waits that does not say so
   * @throws ApiException when a header says what it must not, or the deadline has passed
   */
  static Wishes of(HttpRequest request, Instant now, Duration patience) throws ApiException {
    return new Wishes(
        request.header("X-Flotilla-Task"),
        request.header("X-Flotilla-Session"),
        priority(request),
        deadline(request, now, now.plus(patience)));
  }

  private static int priority(HttpRequest request) throws ApiException {
    String header = request.header("X-Flotilla-Priority").orElse("normal");
    return switch (header) {
      case "high" -> 1;
      case "normal" -> 0;
      case "low" -> -1;
      default ->
          throw ApiError.badRequest(
                  "X-Flotilla-Priority",
                  "invalid_value",
                  "The header X-Flotilla-Priority is \""
                      + header
                      + "\". Expected high, normal or low.")
              .exception();
    };
  }

  private static Instant deadline(HttpRequest request, Instant now, Instant latest)
      throws ApiException {
    Optional<String> header = request.header("Flotilla-Deadline");
    if (header.isEmpty()) {
      return latest;
    }
    if (!header.get().matches("\\d{1,15}")) {
      throw ApiError.badRequest(
              "Flotilla-Deadline",
              "invalid_value",
              "The header Flotilla-Deadline is \""
                  + header.get()
                  + "\". Expected milliseconds since 1970.")
          .exception();
    }
    Instant wanted = Instant.ofEpochMilli(Long.parseLong(header.get()));
    if (!wanted.isAfter(now)) {
      throw Asking.late().exception();
    }
    return wanted.isBefore(latest) ? wanted : latest;
  }
}
