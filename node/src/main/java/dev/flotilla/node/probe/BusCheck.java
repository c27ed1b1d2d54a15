package dev.flotilla.node.probe;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One {@code $SRV.PING} of a service on the bus. */
public final class BusCheck {
  private final Supplier<Optional<Bus>> bus;

  /**
   * @param bus the connection, once there is one
   */
  public BusCheck(Supplier<Optional<Bus>> bus) {
    this.bus = bus;
  }

  CompletableFuture<Answer> ask(Probe.Bus check, Duration timeout) {
    Optional<Bus> connection = bus.get();
    if (connection.isEmpty()) {
      return CompletableFuture.completedFuture(
          Answer.failed("the node has no connection to the bus"));
    }
    return connection
        .get()
        .request(Message.of("$SRV.PING." + check.service(), ""), timeout)
        .handle(
            (answer, failure) ->
                failure == null ? Answer.OK : Answer.failed(reason(check, timeout, failure)));
  }

  private static String reason(Probe.Bus check, Duration timeout, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof BusException refused
        ? switch (refused.reason()) {
          case NO_RESPONDERS -> "no service %s on the bus".formatted(check.service());
          case TIMEOUT ->
              "service %s did not answer within %d ms"
                  .formatted(check.service(), timeout.toMillis());
          case DISCONNECTED, TOO_LARGE, REFUSED -> String.valueOf(refused.getMessage());
        }
        : String.valueOf(cause);
  }
}
