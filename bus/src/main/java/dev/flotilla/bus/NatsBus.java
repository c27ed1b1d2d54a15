package dev.flotilla.bus;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus over a NATS server, embedded or real. The first connection must succeed; a lost one is
 * made again without end, and what is published meanwhile is kept up to 8 MiB.
 */
public final class NatsBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);

  private static final String LOST = "the connection to the bus was lost before an answer came";

  private final Answers answers = new Answers();
  private final ReentrantLock flushing = new ReentrantLock();
  private final ExecutorService threads;
  private final Connection connection;
  private final String shownUrl;

  private NatsBus(BusOptions options) throws IOException, InterruptedException {
    this.shownUrl = options.shownUrl();
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("bus-" + options.clientName() + "-", 0).factory());
    ConnectionListener listener = (source, event) -> onEvent(event);
    boolean made = false;
    try {
      this.connection = Nats.connect(ClientOptions.of(options, threads, listener));
      made = true;
    } finally {
      if (!made) {
        stopThreads();
      }
    }
  }

  /**
   * Connects.
   *
   * @throws BusException REFUSED when the server does not accept the credentials, DISCONNECTED when
   *     it cannot be reached
   */
  public static NatsBus connect(BusOptions options) {
    try {
      return new NatsBus(options);
    } catch (AuthenticationException e) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "the bus at "
              + options.shownUrl()
              + " refused the credentials ("
              + e.getMessage()
              + "); check the token in the URL or in the credentials file",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BusException(
          BusException.Reason.DISCONNECTED,
          "no bus answers at "
              + options.shownUrl()
              + " ("
              + e.getMessage()
              + "); start the fleet with `flotilla up`, or check bus.url",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusException(
          BusException.Reason.DISCONNECTED, "interrupted while connecting to the bus", e);
    }
  }

  @Override
  public void publish(Message message) {
    refuseTooLarge(message);
    try {
      connection.publish(Messages.toNats(message));
    } catch (IllegalStateException e) {
      throw disconnected(e);
    } catch (IllegalArgumentException e) {
      throw refused(message, e);
    }
  }

  @Override
  public Subscription subscribe(String subject, String queue, Consumer<Message> handler) {
    try {
      Dispatcher dispatcher =
          connection.createDispatcher(m -> handle(handler, Messages.fromNats(m)));
      if (queue.isEmpty()) {
        dispatcher.subscribe(subject);
      } else {
        dispatcher.subscribe(subject, queue);
      }
      return () -> close(dispatcher);
    } catch (IllegalStateException e) {
      throw disconnected(e);
    } catch (IllegalArgumentException e) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "cannot subscribe to \"" + subject + "\": " + e.getMessage(),
          e);
    }
  }

  @Override
  public CompletableFuture<Message> request(Message message, Duration timeout) {
    refuseTooLarge(message);
    long losses = answers.losses();
    if (!connected()) { // Kept until the connection stands again it would be done for nobody.
      return CompletableFuture.failedFuture(
          new BusException(
              BusException.Reason.DISCONNECTED, "the bus at " + shownUrl + " is not connected"));
    }
    CompletableFuture<io.nats.client.Message> sent;
    try {
      sent = connection.requestWithTimeout(Messages.toNats(message), timeout);
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(disconnected(e));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(refused(message, e));
    }
    return answers.await(
        sent.thenApply(Messages::fromNats),
        losses,
        timeout,
        error -> noAnswer(message, timeout, error));
  }

  @Override
  public void flush(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      if (!flushing.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      try {
        connection.flush(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
      } finally {
        flushing.unlock();
      }
    } catch (TimeoutException e) {
      throw new BusException(
          BusException.Reason.TIMEOUT,
          "the bus at " + shownUrl + " did not confirm within " + timeout.toMillis() + " ms",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusException(BusException.Reason.DISCONNECTED, "interrupted while flushing", e);
    } catch (IllegalStateException e) {
      throw disconnected(e);
    }
  }

  @Override
  public long maxPayload() {
    return connection.getMaxPayload();
  }

  @Override
  public boolean connected() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      failWaiting("the bus connection was closed");
      stopThreads();
    }
  }

  private void stopThreads() {
    answers.close();
    threads.shutdown();
  }

  private static void handle(Consumer<Message> handler, Message message) {
    try {
      handler.accept(message);
    } catch (RuntimeException e) {
      LOG.error("the handler of a message on {} failed", message.subject(), e);
    }
  }

  private void close(Dispatcher dispatcher) {
    try {
      connection.closeDispatcher(dispatcher);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.debug("the subscription had ended with its connection", e);
    }
  }

  private void onEvent(ConnectionListener.Events event) {
    switch (event) {
      case DISCONNECTED -> {
        LOG.warn("lost the bus at {}; connecting again", shownUrl);
        failWaiting(LOST);
      }
      case RECONNECTED -> LOG.info("connected to the bus at {} again", shownUrl);
      case CONNECTED, CLOSED, RESUBSCRIBED, DISCOVERED_SERVERS, LAME_DUCK ->
          LOG.debug("bus at {}: {}", shownUrl, event);
    }
  }

  private void failWaiting(String why) {
    answers.lost(() -> new BusException(BusException.Reason.DISCONNECTED, why));
  }

  private void refuseTooLarge(Message message) {
    long limit = connection.getMaxPayload();
    if (limit > 0 && message.data().length > limit) {
      throw new BusException(
          BusException.Reason.TOO_LARGE,
          "the message for \""
              + message.subject()
              + "\" has "
              + message.data().length
              + " bytes, the bus takes at most "
              + limit
              + "; send less, or a reference to where the data lies");
    }
  }

  private BusException noAnswer(Message message, Duration timeout, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException c ? c.getCause() : thrown;
    if (cause instanceof Answers.LostException) {
      return new BusException(BusException.Reason.DISCONNECTED, LOST);
    }
    if (cause instanceof JetStreamStatusException status && status.getStatus().getCode() == 503) {
      return new BusException(
          BusException.Reason.NO_RESPONDERS, "nobody listens on \"" + message.subject() + "\"");
    }
    if (!connected()) {
      return new BusException(
          BusException.Reason.DISCONNECTED,
          "the bus at "
              + shownUrl
              + " is not connected; no answer from \""
              + message.subject()
              + '"');
    }
    return new BusException(
        BusException.Reason.TIMEOUT,
        "no answer from \"" + message.subject() + "\" within " + timeout.toMillis() + " ms");
  }

  private BusException disconnected(Exception cause) {
    return new BusException(
        BusException.Reason.DISCONNECTED,
        "the bus at " + shownUrl + " is not connected: " + cause.getMessage(),
        cause);
  }

  private static BusException refused(Message message, Exception cause) {
    return new BusException(
        BusException.Reason.REFUSED,
        "cannot send to \"" + message.subject() + "\": " + cause.getMessage(),
        cause);
  }
}
