package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.OperationException;
import java.time.Duration;

/**
 * The way to operations of other services: over the bus, through a breaker for each target, under a
 * deadline. Thread-safe. Blocks the calling thread, which is meant to be a virtual one.
 */
public interface Calls {

  /**
   * Calls and waits for the answer.
   *
   * @param service the target's name, such as {@code ServiceRegistry}
   * @param request a record, or a Jackson tree
   * @param response a record, or {@code JsonNode} for an answer of any shape
   * @throws OperationException with what the target said; {@code unavailable} when nobody answers
   *     to the name or its breaker is open; {@code deadline-exceeded} when no answer came in time
   */
  <O> O call(String service, String operation, Object request, Class<O> response);

  /**
   * Calls that wait no longer than this. Inside an operation the rest of its own deadline holds
   * when that is shorter.
   */
  Calls within(Duration timeout);

  /** One operation of one target as a typed function. */
  default <I extends Record, O extends Record> OperationClient<I, O> client(
      String service, String operation, Class<I> request, Class<O> response) {
    return input -> call(service, operation, request.cast(input), response);
  }

  /** A call with everything but the request settled. */
  @FunctionalInterface
  interface OperationClient<I, O> {
    /** See {@link Calls#call}. */
    O call(I request);
  }
}
