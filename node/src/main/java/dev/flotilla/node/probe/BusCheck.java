package dev.flotilla.node.probe;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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

  Answer ask(Probe.Bus check, Duration timeout) throws InterruptedException {
    Optional<Bus> connection = bus.get();
    if (connection.isEmpty()) {
      return Answer.failed("the node has no connection to the bus");
    }
    try {
      connection.get().request(Message.of("$SRV.PING." + check.service(), ""), timeout).get();
      return Answer.OK;
    } catch (ExecutionException e) {
      return Answer.failed(
          e.getCause() instanceof BusException failure
              ? switch (failure.reason()) {
                case NO_RESPONDERS -> "no service %s on the bus".formatted(check.service());
                case TIMEOUT ->
                    "service %s did not answer within %d ms"
                        .formatted(check.service(), timeout.toMillis());
                case DISCONNECTED, TOO_LARGE, REFUSED -> String.valueOf(failure.getMessage());
              }
              : String.valueOf(e.getCause()));
    }
  }
}
