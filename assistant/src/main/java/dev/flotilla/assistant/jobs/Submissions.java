package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what somebody asks to be done, and says what is wrong with it. */
final class Submissions {
  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private Submissions() {}

  static List<Submission> read(Requests.Submit request, Instant now, int largest) {
    if (request.jobs().isEmpty() || request.jobs().size() > MOST) {
      throw Failure.badRequest(
              "jobs",
              request.jobs().size() + " jobs",
              "1 to " + MOST,
              "submit more in several requests; what needs what may be spread over them")
          .exception();
    }
    List<Submission> submissions = new ArrayList<>();
    for (int i = 0; i < request.jobs().size(); i++) {
      submissions.add(read(request.jobs().get(i), "jobs[" + i + "]", now, largest));
    }
    return submissions;
  }

  private static Submission read(Requests.Work work, String field, Instant now, int largest) {
    kind(work.kind(), field + ".kind");
    light(work.payload(), field + ".payload", largest);
    int attempts = work.maxAttempts().orElse(Submission.DEFAULT_ATTEMPTS);
    if (attempts < 1) {
      throw Failure.badRequest(
              field + ".maxAttempts", Integer.toString(attempts), "at least 1", "raise it")
          .exception();
    }
    work.key()
        .filter(key -> key.isBlank() || key.length() > 500)
        .ifPresent(
            key -> {
              throw Failure.badRequest(
                      field + ".key",
                      key.isBlank() ? "an empty key" : key.length() + " characters",
                      "1 to 500 characters",
                      "leave it out, or name what is to be done once")
                  .exception();
            });
    return new Submission(
        work.kind(),
        work.payload(),
        work.priority().orElse(0),
        at(work, field, now),
        attempts,
        span(work.backoff().orElse(Submission.DEFAULT_BACKOFF), field + ".backoff"),
        span(work.keepFor().orElse(Submission.DEFAULT_KEEP), field + ".keepFor"),
        work.key(),
        work.after());
  }

  private static Instant at(Requests.Work work, String field, Instant now) {
    Duration delay = span(work.delay().orElse(Duration.ZERO), field + ".delay");
    Instant at = work.at().orElse(now.plus(delay));
    if (at.isAfter(now.plus(LONGEST))) {
      throw Failure.badRequest(
              field + ".at", at.toString(), "a time within ten years", "give it an earlier time")
          .exception();
    }
    return at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
  }

  /**
   * Refuses what no worker could be handed in one message.
   *
   * @param largest bytes as JSON
   */
  static void light(JsonNode value, String field, int largest) {
    int bytes = Wire.json(value).length;
    if (bytes > largest) {
      throw Failure.badRequest(
              field,
              "%,d bytes".formatted(bytes),
              "at most %,d bytes, so that the job fits into a message".formatted(largest),
              "put the data into a file or a store, and into the job where it lies")
          .exception();
    }
  }

  static void kind(String kind, String field) {
    if (!kind.matches("[A-Za-z0-9_-]{1,100}")) {
      throw Failure.badRequest(
              field,
              "\"" + kind + "\"",
              "1 to 100 letters, digits, - and _",
              "name the kind of work as its workers do")
          .exception();
    }
  }

  private static Duration span(Duration span, String field) {
    if (span.isNegative() || span.compareTo(LONGEST) > 0) {
      throw Failure.badRequest(
              field, span.toSeconds() + " seconds", "0 seconds to ten years", "give it in seconds")
          .exception();
    }
    return span;
  }
}
