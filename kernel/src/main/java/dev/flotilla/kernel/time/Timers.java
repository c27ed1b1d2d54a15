package dev.flotilla.kernel.time;

import java.time.Duration;

/**
 * Runs things later. Thread-safe. Actions run on threads of their own, so they may block; what they
 * throw is logged.
 */
public interface Timers {

  /** Runs the action once after the delay. */
  Timer after(Duration delay, Runnable action);

  /** Runs the action again and again, the period counted from the end of one run to the next. */
  Timer every(Duration period, Runnable action);

  /** Something that will run; closing it before then means that it will not. */
  interface Timer extends AutoCloseable {
    /** Does not wait for a run that has begun. */
    @Override
    void close();
  }
}
