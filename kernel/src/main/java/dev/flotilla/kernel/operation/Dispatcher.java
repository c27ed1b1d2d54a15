package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.wire.Encoding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the operations of one service, whichever way a request came: reads it strictly, holds it
 * to its deadline, runs it and keeps count. Thread-safe.
 */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final String service;
  private final Clock clock;
  private final Map<String, Served> served = new LinkedHashMap<>();

  /** An operation with its count. */
  record Served(Operation<?, ?> operation, Tally tally) {}

  public Dispatcher(
      String service, List<Operation<?, ?>> operations, Clock clock, OperationMetrics metrics) {
    this.service = Subjects.token(service);
    this.clock = clock;
    for (Operation<?, ?> operation : operations) {
      Tally tally = new Tally(metrics.timer(operation.name()));
      if (served.put(operation.name(), new Served(operation, tally)) != null) {
        throw new IllegalArgumentException(
            service + " declares the operation \"" + operation.name() + "\" twice");
      }
    }
  }

  public String service() {
    return service;
  }

  Collection<Served> served() {
    return served.values();
  }

  /** Whether an operation's handler may be interrupted. */
  boolean interruptible(String name) {
    return Optional.ofNullable(served.get(name)).filter(s -> s.operation().calledOff()).isPresent();
  }

  /** The answer to a request, on the calling thread. */
  Answer answer(String name, byte[] data, Encoding encoding, Optional<Instant> deadline) {
    Served found = served.get(name);
    if (found == null) {
      return new Answer.Failed(
          Failure.notFound(
              service + " has no operation \"" + name + "\"",
              "one of " + String.join(", ", served.keySet()),
              "Look at /openapi.json."));
    }
    long start = System.nanoTime();
    Answer answer = guarded(found.operation(), data, encoding, deadline);
    found.tally().count(answer, System.nanoTime() - start);
    return answer;
  }

  private <I extends Record, O extends Record> Answer guarded(
      Operation<I, O> operation, byte[] data, Encoding encoding, Optional<Instant> deadline) {
    try {
      refuseLate(operation, deadline);
      I request = Requests.read(data, encoding, operation.request());
      O response =
          deadline.isEmpty()
              ? operation.handler().handle(request)
              : Deadline.until(deadline.get(), () -> operation.handler().handle(request));
      refuseLate(operation, deadline);
      return new Answer.Done(encoding.write(response));
    } catch (OperationException e) {
      return new Answer.Failed(e.failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Failed(
          Failure.unavailable(service + " is stopping", "a running service", "Try again later."));
    } catch (Exception e) {
      log.error("{}.{} failed.", service, operation.name(), e);
      return new Answer.Failed(
          Failure.of(
              Failure.Kind.INTERNAL,
              "a fault in " + service + " (" + e.getClass().getSimpleName() + ")",
              "an answer",
              "See the log of " + service + "."));
    }
  }

  private void refuseLate(Operation<?, ?> operation, Optional<Instant> deadline) {
    deadline
        .map(until -> Duration.between(until, clock.instant()))
        .filter(Duration::isPositive)
        .ifPresent(
            late -> {
              throw Failure.of(
                      Failure.Kind.DEADLINE_EXCEEDED,
                      service
                          + "."
                          + operation.name()
                          + " was "
                          + late.toMillis()
                          + " ms past its deadline",
                      "an answer before the caller stops waiting",
                      "Give the call more time.")
                  .exception();
            });
  }
}
