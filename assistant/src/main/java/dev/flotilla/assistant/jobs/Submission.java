package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work somebody wants done.
 *
 * @param runAt not before this; at once when it is in the past
 * @param backoff wait after the first failure; doubles with each, up to {@link Backoff#LONGEST}
 * @param keepFor how long its result is kept
 * @param needs jobs that must be done first
 */
public record Submission(
    String kind,
    JsonNode payload,
    int priority,
    Instant runAt,
    int maxAttempts,
    Duration backoff,
    Duration keepFor,
    Optional<String> key,
    List<String> needs) {

  public static final int DEFAULT_ATTEMPTS = 5;
  public static final Duration DEFAULT_BACKOFF = Duration.ofSeconds(1);
  public static final Duration DEFAULT_KEEP = Duration.ofDays(7);

  public Submission {
    needs = List.copyOf(needs);
  }

  public static Submission of(String kind, JsonNode payload, Instant now) {
    return new Submission(
        kind,
        payload,
        0,
        now,
        DEFAULT_ATTEMPTS,
        DEFAULT_BACKOFF,
        DEFAULT_KEEP,
        Optional.empty(),
        List.of());
  }
}
