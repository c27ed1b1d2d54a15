package dev.flotilla.kernel.operation;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Encoding;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the operations of one service on the bus, by the NATS services protocol: several instances
 * share the load through the queue group named like the service, and {@code $SRV} tells about each.
 */
public final class OperationServer implements AutoCloseable {
  /** Requests in work at once; what comes above is refused as unavailable. */
  private static final int AT_ONCE = 512;

  /** On answers that say nothing of how the next instance will do: this one is ending. */
  static final String ENDING = "Flotilla-Ending";

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(OperationServer.class);

  private final Bus bus;
  private final Dispatcher dispatcher;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile boolean ending;

  private OperationServer(Bus bus, Dispatcher dispatcher) {
    this.bus = bus;
    this.dispatcher = dispatcher;
  }

  /**
   * Begins to answer.
   *
   * @param id unique among all instances of the service, of letters, digits and dashes
   */
  public static OperationServer start(
      Bus bus, Dispatcher dispatcher, String version, String id, Clock clock) {
    OperationServer server = new OperationServer(bus, dispatcher);
    String service = dispatcher.service();
    for (Dispatcher.Served served : dispatcher.served()) {
      String operation = served.operation().name();
      server.subscriptions.add(
          bus.subscribe(
              Subjects.operation(service, operation),
              service,
              message -> server.accept(operation, message)));
    }
    server.subscriptions.addAll(
        new ServiceProtocol(bus, dispatcher, version, id, clock.instant()).subscribe());
    return server;
  }

  private void accept(String operation, Message message) {
    if (!room.tryAcquire()) {
      reply(
          message,
          new Answer.Failed(
              Failure.unavailable(
                  dispatcher.service() + " has " + AT_ONCE + " requests in work",
                  "room for one more",
                  "Try again later.")),
          Encoding.JSON);
      return;
    }
    workers.execute(
        () -> {
          try (CallInWork _ = CallInWork.of(bus, message, dispatcher.interruptible(operation))) {
            work(operation, message);
          } finally {
            room.release();
          }
        });
  }

  private void work(String operation, Message message) {
    Optional<Encoding> encoding =
        message.header(Encoding.HEADER).map(Encoding::of).orElse(Optional.of(Encoding.JSON));
    Answer answer =
        encoding
            .map(
                known ->
                    dispatcher.answer(
                        operation,
                        message.data(),
                        known,
                        message.header(Deadline.HEADER).flatMap(Deadline::of)))
            .orElseGet(
                () ->
                    new Answer.Failed(
                        UnknownEncoding.failure(message.header(Encoding.HEADER).orElse(""))));
    boolean _ = Thread.interrupted(); // The bus sends nothing for a thread that is interrupted.
    reply(message, answer, encoding.orElse(Encoding.JSON));
  }

  private void reply(Message request, Answer answer, Encoding encoding) {
    if (request.replyTo().isEmpty()) {
      return;
    }
    Message reply = encoded(request.replyTo().get(), answer, encoding);
    if (reply.data().length > bus.maxPayload()) {
      Failure tooLarge =
          Failure.of(
              Failure.Kind.INTERNAL,
              "an answer of " + reply.data().length + " bytes",
              "at most " + bus.maxPayload() + " bytes, which the bus carries",
              "Ask for less, or over HTTP.");
      reply = encoded(request.replyTo().get(), new Answer.Failed(tooLarge), encoding);
    }
    try {
      bus.publish(reply);
    } catch (RuntimeException e) {
      log.warn("The answer to {} could not be sent: {}", request.subject(), e.getMessage());
    }
  }

  private Message encoded(String subject, Answer answer, Encoding encoding) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put(Encoding.HEADER, List.of(encoding.contentType()));
    if (answer instanceof Answer.Failed(Failure failure)) {
      headers.put("Nats-Service-Error", List.of(ascii(failure.sentence())));
      headers.put("Nats-Service-Error-Code", List.of(String.valueOf(failure.kind().code())));
      if (ending) {
        headers.put(ENDING, List.of("true"));
      }
    }
    return new Message(subject, Optional.empty(), headers, answer.body(encoding));
  }

  /** Headers are one line of ASCII; what is none is replaced here and whole in the body. */
  private static String ascii(String sentence) {
    return sentence.replaceAll("\\s+", " ").replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** Takes no more, gives what is in work a short grace, then interrupts it. */
  @Override
  public void close() {
    ending = true;
    subscriptions.forEach(Subscription::close);
    workers.shutdown();
    try {
      if (!workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
