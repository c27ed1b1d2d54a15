package dev.flotilla.kernel.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts the connections of clients that take too long to send a body: each holds a thread, and
 * nobody else would ever let go of it. Costs a request two changes of a set. Thread-safe.
 */
final class SlowBodies implements AutoCloseable {
  private static final int LOOKS = 4;

  private final Duration patience;
  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final Thread sweeper;

  /**
   * @param patience how long a whole body may take
   */
  SlowBodies(Duration patience) {
    this.patience = patience;
    this.sweeper = Thread.ofVirtual().name("slow bodies").start(this::sweep);
  }

  /** A body that is being read by the thread that made this. */
  final class Reading implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final long begun = System.nanoTime();
    private boolean ended;

    private synchronized void cutWhenLate() {
      if (!ended && System.nanoTime() - begun > patience.toNanos()) {
        ended = true;
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      readings.remove(this);
      synchronized (this) {
        ended = true;
      }
    }
  }

  Reading begin() {
    Reading reading = new Reading();
    readings.add(reading);
    return reading;
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(patience.dividedBy(LOOKS));
        readings.forEach(Reading::cutWhenLate);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sweeper.interrupt();
  }
}
