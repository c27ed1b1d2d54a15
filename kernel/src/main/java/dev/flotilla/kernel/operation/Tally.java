package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import java.util.Optional;

/** How often and how long one operation ran, as the NATS services protocol tells it. */
final class Tally {
  private final OperationMetrics.Timer timer;
  private long requests;
  private long errors;
  private long nanos;
  private Optional<Failure> lastError = Optional.empty();

  Tally(OperationMetrics.Timer timer) {
    this.timer = timer;
  }

  /**
   * @param processing in nanoseconds
   */
  record Count(long requests, long errors, Optional<Failure> lastError, long processing) {}

  void count(Answer answer, long took) {
    String outcome =
        switch (answer) {
          case Answer.Done done -> "ok";
          case Answer.Failed(Failure failure) -> failure.kind().label();
        };
    timer.observe(outcome, took);
    synchronized (this) {
      requests++;
      nanos += took;
      if (answer instanceof Answer.Failed(Failure failure)) {
        errors++;
        lastError = Optional.of(failure);
      }
    }
  }

  synchronized Count now() {
    return new Count(requests, errors, lastError, nanos);
  }

  synchronized void reset() {
    requests = 0;
    errors = 0;
    nanos = 0;
    lastError = Optional.empty();
  }
}
