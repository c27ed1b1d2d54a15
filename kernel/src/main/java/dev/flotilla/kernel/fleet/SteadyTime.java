package dev.flotilla.kernel.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when it was made, going on evenly from there: a machine's clock that is set
 * neither ends a lease nor makes a living node look silent. Thread-safe.
 */
public final class SteadyTime implements InstantSource {
  private final Instant origin;
  private final long first;
  private final LongSupplier nanoseconds;

  /**
   * @param nanoseconds as {@link System#nanoTime}
   */
  public SteadyTime(Instant origin, LongSupplier nanoseconds) {
    this.origin = origin;
    this.nanoseconds = nanoseconds;
    this.first = nanoseconds.getAsLong();
  }

  /** Steady for the clock of the machine; a clock of a test is taken as it is. */
  public static InstantSource of(Clock clock) {
    return clock.equals(Clock.systemUTC())
        ? new SteadyTime(clock.instant(), System::nanoTime)
        : clock;
  }

  @Override
  public Instant instant() {
    return origin.plus(Duration.ofNanos(nanoseconds.getAsLong() - first));
  }
}
