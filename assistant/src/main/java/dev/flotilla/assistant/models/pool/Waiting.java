package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.time.Instant;

/** A request that has no lease yet. */
public record Waiting(Request request, Instant since) {

  public long number() {
    return request.number();
  }

  public String model() {
    return request.model();
  }

  public String holder() {
    return request.holder();
  }

  public int priority() {
    return request.priority();
  }

  /** Whether it has waited for the whole patience or longer. */
  public boolean overdue(Duration patience, Instant now) {
    return Duration.between(since, now).compareTo(patience) >= 0;
  }
}
