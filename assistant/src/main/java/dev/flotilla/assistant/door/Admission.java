package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many requests in at once; others wait in turn, those of higher priority first, and those
 * that would wait in vain are sent away at once. Thread-safe.
 */
final class Admission {
  private static final Duration FIRST_GUESS = Duration.ofMillis(500);
  private static final double WEIGHT = 0.1;

  private final int most;
  private final int mostWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final PriorityQueue<Waiter> waiting =
      new PriorityQueue<>(
          Comparator.comparingInt((Waiter w) -> -w.priority).thenComparingLong(w -> w.number));
  private int inside;
  private long numbers;
  private boolean closed;
  private double averageMillis = FIRST_GUESS.toMillis();

  Admission(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  private final class Waiter {
    private final int priority;
    private final long number;
    private final Condition turn = lock.newCondition();
    private boolean admitted;

    Waiter(int priority, long number) {
      this.priority = priority;
      this.number = number;
    }
  }

  /** The right to be inside; given back by closing it, once. */
  final class Pass implements AutoCloseable {
    private final long since = System.nanoTime();
    private boolean back;

    @Override
    public void close() {
      lock.lock();
      try {
        if (!back) {
          back = true;
          averageMillis += WEIGHT * ((System.nanoTime() - since) / 1e6 - averageMillis);
          leave();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** In at once, if nobody has to wait. */
  Optional<Pass> atOnce() {
    lock.lock();
    try {
      if (closed || inside >= most || !waiting.isEmpty()) {
        return Optional.empty();
      }
      inside++;
      return Optional.of(new Pass());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits to be let in.
   *
   * @param priority more goes first
   * @param patience how long the caller waits for its whole answer
   * @throws ApiException 503 with the time after which it is worth another try
   */
  Pass enter(int priority, Duration patience) throws ApiException, InterruptedException {
    lock.lock();
    try {
      if (closed) {
        throw away("The door is being closed", Duration.ofSeconds(1));
      }
      Optional<Pass> now = atOnce();
      if (now.isPresent()) {
        return now.get();
      }
      Duration wait = expectedWait(priority);
      if (waiting.size() >= mostWaiting || wait.compareTo(patience) > 0) {
        throw away(
            "%d requests are being answered and %d wait".formatted(inside, waiting.size()), wait);
      }
      Waiter waiter = new Waiter(priority, numbers++);
      waiting.add(waiter);
      return await(waiter, patience, wait);
    } finally {
      lock.unlock();
    }
  }

  private Pass await(Waiter waiter, Duration patience, Duration wait)
      throws ApiException, InterruptedException {
    long left = patience.toNanos();
    try {
      while (!waiter.admitted && left > 0 && !closed) {
        left = waiter.turn.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      if (waiter.admitted) {
        leave();
      }
      throw e;
    } finally {
      if (!waiter.admitted) {
        waiting.remove(waiter);
      }
    }
    if (waiter.admitted) {
      return new Pass();
    }
    throw away("Its turn did not come in time", wait);
  }

  private void leave() {
    inside--;
    admitNext();
    idle.signalAll();
  }

  private void admitNext() {
    while (inside < most && !waiting.isEmpty()) {
      Waiter next = waiting.remove();
      next.admitted = true;
      inside++;
      next.turn.signal();
    }
  }

  private Duration expectedWait(int priority) {
    long ahead = waiting.stream().filter(w -> w.priority >= priority).count() + 1;
    return Duration.ofMillis((long) (averageMillis * ahead / most));
  }

  private static ApiException away(String what, Duration wait) {
    Duration after = wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    return ApiError.of(
            503,
            "server_error",
            "overloaded",
            what + ". Try again in " + Math.ceilDiv(after.toMillis(), 1000) + " s.")
        .retryAfter(after)
        .exception();
  }

  int inside() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nobody in any more and waits until all have left, or the time is over.
   *
   * @return whether all have left
   */
  boolean drain(Duration patience) {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(w -> w.turn.signal());
      long left = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
      while (inside > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inside == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
