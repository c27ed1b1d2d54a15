package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.failure.OperationException;

/**
 * Something a service answers: one definition, served on the bus at {@code
 * flotilla.op.<service>.<name>}, over HTTP at {@code POST /operations/<name>}, and described in
 * {@code /openapi.json}.
 *
 * @param name lower case letters, digits and dashes, such as {@code get-port}
 * @param summary one sentence for the OpenAPI document
 * @param request a record; components that are not {@code Optional} and no collection are required
 * @param response a record
 * @param calledOff whether its handler is interrupted when a caller on the bus who would have
 *     waited longer than five seconds waits no more
 */
public record Operation<I extends Record, O extends Record>(
    String name,
    String summary,
    Class<I> request,
    Class<O> response,
    Handler<I, O> handler,
    boolean calledOff) {

  /** Answers requests, many at once, each on a virtual thread of its own. */
  @FunctionalInterface
  public interface Handler<I, O> {
    /**
     * Answers. A mistake of the caller, or something that cannot be done now, is an {@link
     * OperationException}; everything else thrown is a bug, logged here and told to the caller as
     * an internal failure. {@link Deadline#current} says until when the caller waits.
     */
    O handle(I request) throws Exception;
  }

  public Operation {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "operation name is \"" + name + "\"; expected lower case letters, digits and dashes");
    }
  }

  public static <I extends Record, O extends Record> Operation<I, O> of(
      String name, Class<I> request, Class<O> response, Handler<I, O> handler) {
    return new Operation<>(name, "", request, response, handler, false);
  }

  /** This operation with its sentence in the OpenAPI document. */
  public Operation<I, O> summary(String text) {
    return new Operation<>(name, text, request, response, handler, calledOff);
  }

  /** This operation, whose handler is interrupted when nobody waits for its answer any more. */
  public Operation<I, O> endsWithItsCaller() {
    return new Operation<>(name, summary, request, response, handler, true);
  }

  /** For operations that need nothing, or have nothing to say. */
  public record Nothing() {}
}
