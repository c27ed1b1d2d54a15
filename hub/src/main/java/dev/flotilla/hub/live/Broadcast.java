package dev.flotilla.hub.live;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives everything that is sent to every reader that has joined. A reader that falls too far behind
 * is cut off; it joins again and begins with a fresh picture. Thread-safe.
 *
 * @param <T> what is sent; immutable
 */
public final class Broadcast<T> implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);

  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final int behind;
  private final int most;

  /**
   * @param behind how many unread things a reader may leave lying
   * @param most how many readers there may be at once
   */
  public Broadcast(int behind, int most) {
    this.behind = behind;
    this.most = most;
  }

  /** Sends without waiting. */
  public void send(T thing) {
    readers.forEach(reader -> reader.offer(thing));
  }

  /** A new reader, which gets what is sent from now on; empty when there are too many. */
  public Optional<Reader> join() {
    if (readers.size() >= most) {
      return Optional.empty();
    }
    Reader reader = new Reader();
    readers.add(reader);
    return Optional.of(reader);
  }

  /** How many read now. */
  public int readers() {
    return readers.size();
  }

  /** Ends every reader. */
  @Override
  public void close() {
    closed.set(true);
  }

  /** One who reads. For one thread. */
  public final class Reader implements AutoCloseable {
    private final BlockingQueue<T> queue = new ArrayBlockingQueue<>(behind);
    private final AtomicBoolean cutOff = new AtomicBoolean();

    private void offer(T thing) {
      if (!queue.offer(thing)) {
        cutOff.set(true);
      }
    }

    /** Whether there is more to come. */
    public boolean open() {
      return !closed.get() && !cutOff.get();
    }

    /** The next thing; empty when nothing came in time or the reader is no longer open. */
    public Optional<T> next(Duration patience) throws InterruptedException {
      long end = System.nanoTime() + patience.toNanos();
      while (open()) {
        long left = Math.min(end - System.nanoTime(), TICK.toNanos());
        T thing = queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        if (thing != null) {
          return Optional.of(thing);
        }
        if (System.nanoTime() >= end) {
          break;
        }
      }
      return Optional.empty();
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
