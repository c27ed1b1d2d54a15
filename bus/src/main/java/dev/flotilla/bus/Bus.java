package dev.flotilla.bus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to the fleet's messages. Subjects and wildcards are those of NATS. Thread-safe; the
 * handlers of one subscription run one at a time, those of different subscriptions at once.
 */
public interface Bus extends AutoCloseable {

  /** Sends without waiting. Delivered at most once, to nobody when nobody listens. */
  void publish(Message message);

  /**
   * Listens. What the handler throws is logged and ends only the one message.
   *
   * @param queue receivers of one queue share the messages; empty for a receiver of all
   */
  Subscription subscribe(String subject, String queue, Consumer<Message> handler);

  /**
   * Sends and waits for one answer. Completes exceptionally with {@link BusException} when nobody
   * listens, when no answer comes in time, or when the connection is lost. It completes on a thread
   * of the connection: do what takes long elsewhere.
   */
  CompletableFuture<Message> request(Message message, Duration timeout);

  /** Waits until the server has everything sent so far. */
  void flush(Duration timeout);

  /** Largest payload the server takes, in bytes. */
  long maxPayload();

  /** Whether the connection stands at this moment; lost ones are made again without end. */
  boolean connected();

  @Override
  void close();
}
