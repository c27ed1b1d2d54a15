package dev.flotilla.bus;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers that are waited for: each comes, fails, runs out of time, or is lost with the connection.
 * jnats itself looks for late ones only every five seconds and never fails those of a lost
 * connection.
 */
final class Answers implements AutoCloseable {
  private final Map<Long, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong losses = new AtomicLong();
  private final ScheduledThreadPoolExecutor timer;

  Answers() {
    this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("bus-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** How often the connection was lost. */
  long losses() {
    return losses.get();
  }

  /**
   * Waits for one.
   *
   * @param sent completes with the answer
   * @param before {@link #losses} before the request was sent: one between that and now was told to
   *     those that waited, and this one was not among them
   * @param failure what the failure of {@code sent}, a {@link TimeoutException} or a {@link
   *     LostException} means
   */
  CompletableFuture<Message> await(
      CompletableFuture<Message> sent,
      long before,
      Duration timeout,
      Function<Throwable, BusException> failure) {
    CompletableFuture<Message> answer = new CompletableFuture<>();
    long ticket = tickets.incrementAndGet();
    waiting.put(ticket, answer);
    var arrived =
        sent.whenComplete(
            (reply, error) -> {
              if (error == null) {
                answer.complete(reply);
              } else {
                answer.completeExceptionally(failure.apply(error));
              }
            });
    Future<?> late =
        timer.schedule(
            () -> answer.completeExceptionally(failure.apply(new TimeoutException())),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    var _ =
        answer.whenComplete(
            (reply, error) -> {
              waiting.remove(ticket);
              late.cancel(false);
              arrived.cancel(false);
              sent.cancel(false);
            });
    if (losses.get() != before) {
      answer.completeExceptionally(failure.apply(new LostException()));
    }
    return answer;
  }

  /** The connection was lost while a request was on its way. */
  static final class LostException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Fails all that are waited for. */
  void lost(Supplier<BusException> why) {
    losses.incrementAndGet();
    for (CompletableFuture<Message> answer : waiting.values()) {
      answer.completeExceptionally(why.get());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
