package dev.flotilla.kernel.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls over the bus. */
public final class BusCalls implements Calls {
  private static final Logger log = LoggerFactory.getLogger(BusCalls.class);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Bus bus;
  private final Breakers breakers;
  private final Clock clock;
  private final Encoding encoding;
  private final Duration timeout;

  /** Calls in JSON that wait five seconds. */
  public BusCalls(Bus bus, Breakers breakers, Clock clock) {
    this(bus, breakers, clock, Encoding.JSON, DEFAULT_TIMEOUT);
  }

  private BusCalls(Bus bus, Breakers breakers, Clock clock, Encoding encoding, Duration timeout) {
    this.bus = bus;
    this.breakers = breakers;
    this.clock = clock;
    this.encoding = encoding;
    this.timeout = timeout;
  }

  /** The same calls in another encoding. */
  public BusCalls in(Encoding other) {
    return new BusCalls(bus, breakers, clock, other, timeout);
  }

  @Override
  public Calls within(Duration longest) {
    return new BusCalls(bus, breakers, clock, encoding, longest);
  }

  @Override
  public <O> O call(String service, String operation, Object request, Class<O> response) {
    String subject = Subjects.operation(service, operation);
    Instant own = clock.instant().plus(timeout);
    Instant deadline = Deadline.current().filter(held -> held.isBefore(own)).orElse(own);
    Duration rest = Duration.between(clock.instant(), deadline);
    if (!rest.isPositive()) {
      throw late(service, operation, "no time was left to call").exception();
    }
    Message message =
        Message.of(subject, encoding.write(request))
            .withHeader(Encoding.HEADER, encoding.contentType())
            .withHeader(Deadline.HEADER, String.valueOf(deadline.toEpochMilli()));
    return read(service, operation, guarded(service, operation, message, rest), response);
  }

  private Message guarded(String service, String operation, Message message, Duration rest) {
    if (!breakers.permits(service)) {
      throw Failure.unavailable(
              service + " failed repeatedly and is left alone for a while",
              "an answer from " + service,
              "See /health/detail for its breaker, and the log of " + service + ".")
          .exception();
    }
    Breakers.End end = Breakers.End.UNCOUNTED;
    try {
      Message reply = LongCall.ask(bus, service, message, rest);
      end = judge(reply);
      return reply;
    } catch (LongCall.TargetEnded e) {
      throw Failure.unavailable(
              service + " ended while it was at " + operation,
              "an answer",
              "It may or may not have been done; ask again when " + service + " is back.")
          .exception();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BusException bad)) {
        throw new IllegalStateException("the bus failed at " + message.subject(), e.getCause());
      }
      end = judge(bad);
      throw explain(service, operation, bad).exception();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable(
              "the call to " + service + " was interrupted", "an answer", "Try again.")
          .exception();
    } finally {
      breakers.ended(service, end);
    }
  }

  private static Breakers.End judge(Message reply) {
    if (reply.header(OperationServer.ENDING).isPresent()) {
      return Breakers.End.UNCOUNTED;
    }
    return code(reply).filter(code -> code >= 500).isPresent()
        ? Breakers.End.FAILURE
        : Breakers.End.SUCCESS;
  }

  private static Breakers.End judge(BusException e) {
    return switch (e.reason()) {
      case TIMEOUT -> Breakers.End.FAILURE;
      case NO_RESPONDERS, DISCONNECTED, TOO_LARGE, REFUSED -> Breakers.End.UNCOUNTED;
    };
  }

  private <O> O read(String service, String operation, Message reply, Class<O> response) {
    Encoding form = reply.header(Encoding.HEADER).flatMap(Encoding::of).orElse(Encoding.JSON);
    Optional<Integer> code = code(reply);
    if (code.isPresent()) {
      throw failure(reply, form, code.get()).exception();
    }
    try {
      return form.read(reply.data(), response);
    } catch (IOException e) {
      throw Failure.of(
              Failure.Kind.INTERNAL,
              service + "." + operation + " answered what is no " + response.getSimpleName(),
              "an answer of the agreed shape",
              "Check that caller and target are of one version: " + e.getMessage())
          .exception();
    }
  }

  /** What the target said; others than Flotilla's own say it in the headers only. */
  private static Failure failure(Message reply, Encoding form, int code) {
    try {
      JsonNode error = form.read(reply.data(), JsonNode.class).path("error");
      if (error.isObject()) {
        return Wire.mapper().treeToValue(error, Failure.class);
      }
    } catch (IOException e) {
      log.debug("The error of {} has no body of ours.", reply.subject(), e);
    }
    return Failure.of(
        Failure.Kind.ofCode(code),
        reply.header("Nats-Service-Error").orElse("error " + code),
        "an answer",
        "See the log of the service.");
  }

  private static Optional<Integer> code(Message reply) {
    return reply
        .header("Nats-Service-Error-Code")
        .map(text -> text.matches("\\d{1,4}") ? Integer.parseInt(text) : 500)
        .or(() -> reply.header("Nats-Service-Error").map(text -> 500));
  }

  private static Failure explain(String service, String operation, BusException e) {
    return switch (e.reason()) {
      case NO_RESPONDERS ->
          Failure.unavailable(
              "nobody answers to " + service + "." + operation,
              "a running " + service + " that has this operation",
              "See `flotilla status` and $SRV.INFO." + service + ".");
      case TIMEOUT -> late(service, operation, "no answer came in time");
      case DISCONNECTED ->
          Failure.unavailable("no connection to the bus", "one", "It is made again by itself.");
      case TOO_LARGE ->
          Failure.of(
              Failure.Kind.TOO_LARGE,
              "the request is larger than the bus carries",
              "a smaller one",
              "Send less at a time, or over HTTP.");
      case REFUSED ->
          Failure.of(
              Failure.Kind.FORBIDDEN,
              "the bus refused: " + e.getMessage(),
              "permission",
              "Check the bus credentials.");
    };
  }

  private static Failure late(String service, String operation, String found) {
    return Failure.of(
        Failure.Kind.DEADLINE_EXCEEDED,
        found + ": " + service + "." + operation,
        "an answer before the deadline",
        "Give the call more time, or see why " + service + " is slow.");
  }
}
