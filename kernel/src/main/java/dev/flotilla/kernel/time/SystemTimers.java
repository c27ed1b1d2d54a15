package dev.flotilla.kernel.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers by the clock of the machine: one thread waits, each action runs on a virtual one. */
public final class SystemTimers implements Timers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

  private final ScheduledThreadPoolExecutor waiting;

  public SystemTimers() {
    waiting =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());
    waiting.setRemoveOnCancelPolicy(true);
    waiting.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Future<?> future = schedule(delay, action);
    return () -> future.cancel(false);
  }

  @Override
  public Timer every(Duration period, Runnable action) {
    Repeating repeating = new Repeating(period, action);
    repeating.next();
    return repeating;
  }

  private Future<?> schedule(Duration delay, Runnable action) {
    return waiting.schedule(
        () -> {
          var _ = Thread.ofVirtual().name("timer").start(() -> guarded(action));
        },
        delay.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.error("A timed action failed; it stays scheduled.", e);
    }
  }

  /** Ends the waiting thread; what has not begun never will. */
  @Override
  public void close() {
    waiting.shutdownNow();
  }

  private final class Repeating implements Timer {
    private final Duration period;
    private final Runnable action;
    private final AtomicReference<State> state = new AtomicReference<>(new Idle());

    Repeating(Duration period, Runnable action) {
      this.period = period;
      this.action = action;
    }

    void next() {
      if (waiting.isShutdown() || state.get() instanceof Closed) {
        return;
      }
      Waiting scheduled =
          new Waiting(
              schedule(
                  period,
                  () -> {
                    if (!(state.get() instanceof Closed)) {
                      guarded(action);
                      next();
                    }
                  }));
      if (state.getAndUpdate(now -> now instanceof Closed ? now : scheduled) instanceof Closed) {
        scheduled.future().cancel(false);
      }
    }

    @Override
    public void close() {
      if (state.getAndSet(new Closed()) instanceof Waiting(Future<?> future)) {
        future.cancel(false);
      }
    }
  }

  private sealed interface State {}

  private record Idle() implements State {}

  private record Waiting(Future<?> future) implements State {}

  private record Closed() implements State {}
}
