package dev.flotilla.assistant.jobs;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where workers wait until there may be work for them. Thread-safe. */
final class Turnstile {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();
  private long turns;

  /** To be read before looking for work, so that work which comes meanwhile is not missed. */
  long turns() {
    lock.lock();
    try {
      return turns;
    } finally {
      lock.unlock();
    }
  }

  /** There may be work. */
  void turn() {
    lock.lock();
    try {
      turns++;
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a turn after the one that was read, or until the time is over. */
  void awaitTurn(long since, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (turns == since && left > 0) {
        left = turned.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The shorter of the two, not negative. */
  static Duration shorter(Duration a, Duration b) {
    Duration least = a.compareTo(b) < 0 ? a : b;
    return least.isNegative() ? Duration.ZERO : least;
  }
}
