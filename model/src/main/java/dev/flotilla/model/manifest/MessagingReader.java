package dev.flotilla.model.manifest;

import dev.flotilla.model.Messaging;
import dev.flotilla.model.Problems;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code calls} and {@code bus.batch}. */
final class MessagingReader {
  private final Fields root;
  private final Problems problems;

  MessagingReader(Fields root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  Messaging read() {
    Optional<Fields> calls = root.section("calls");
    return new Messaging(
        span(calls, "timeout", Messaging.DEFAULT.timeout()),
        breaker(calls.flatMap(fields -> fields.section("breaker"))),
        batch(root.section("bus").flatMap(fields -> fields.section("batch"))));
  }

  private Messaging.Breaker breaker(Optional<Fields> written) {
    Messaging.Breaker standard = Messaging.Breaker.DEFAULT;
    return new Messaging.Breaker(
        written.flatMap(fields -> fields.whole("failures")).orElse(standard.failures()),
        span(written, "open", standard.open()),
        written.flatMap(fields -> fields.whole("trials")).orElse(standard.trials()));
  }

  private Messaging.Batch batch(Optional<Fields> written) {
    Messaging.Batch standard = Messaging.Batch.DEFAULT;
    return new Messaging.Batch(
        written.flatMap(fields -> fields.whole("messages")).orElse(standard.messages()),
        span(written, "delay", standard.delay()));
  }

  private Duration span(Optional<Fields> section, String key, Duration standard) {
    Optional<Duration> written = section.flatMap(fields -> fields.span(key));
    if (written.filter(span -> !span.isPositive()).isPresent()) {
      problems.error(
          section.get().where(key),
          key + " of no length",
          "a duration above 0",
          "write it with its unit, such as " + standard.toMillis() + "ms");
      return standard;
    }
    return written.orElse(standard);
  }
}
