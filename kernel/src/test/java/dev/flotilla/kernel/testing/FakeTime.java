package dev.flotilla.kernel.testing;

import dev.flotilla.kernel.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that stands until {@link #advance} is called; what is due then runs on the calling thread,
 * in the order it is due. Thread-safe.
 */
public final class FakeTime extends Clock implements Timers {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;
  private final List<Due> waiting = new ArrayList<>();

  private record Due(Instant at, long order, Runnable action) implements Timer {
    @Override
    public void close() {}
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    Instant end;
    synchronized (this) {
      end = now.plus(duration);
    }
    for (Optional<Due> due = take(end); due.isPresent(); due = take(end)) {
      due.get().action().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** How many timers wait. */
  public synchronized int pending() {
    return waiting.size();
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    Due due = new Due(now.plus(delay), order++, action);
    waiting.add(due);
    return () -> remove(due);
  }

  @Override
  public Timer every(Duration period, Runnable action) {
    Repeating repeating = new Repeating(period, action);
    repeating.next();
    return repeating;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }

  private synchronized Optional<Due> take(Instant end) {
    Optional<Due> next =
        waiting.stream()
            .filter(due -> !due.at().isAfter(end))
            .min(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    next.ifPresent(
        due -> {
          waiting.remove(due);
          now = due.at();
        });
    return next;
  }

  private synchronized void remove(Due due) {
    waiting.remove(due);
  }

  private final class Repeating implements Timer {
    private final Duration period;
    private final Runnable action;
    private Optional<Timer> next = Optional.empty();
    private boolean closed;

    Repeating(Duration period, Runnable action) {
      this.period = period;
      this.action = action;
    }

    synchronized void next() {
      if (!closed) {
        next =
            Optional.of(
                after(
                    period,
                    () -> {
                      action.run();
                      next();
                    }));
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      next.ifPresent(Timer::close);
    }
  }
}
