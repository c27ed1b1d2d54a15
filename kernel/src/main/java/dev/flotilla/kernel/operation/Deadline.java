package dev.flotilla.kernel.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Until when the caller of the operation now being answered waits. Bound to the thread that
 * answers; calls made on that thread inherit it. Work handed to another thread takes it along by
 * {@link #until}.
 */
public final class Deadline {
  /** The header that carries a deadline: milliseconds since 1970 in UTC. */
  public static final String HEADER = "Flotilla-Deadline";

  /** What an answer may take from here to its caller. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

  private static final ScopedValue<Instant> CURRENT = ScopedValue.newInstance();

  private Deadline() {}

  /** Empty outside an operation and inside one whose caller set none. */
  public static Optional<Instant> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The deadline a header carries; empty when it is no number of milliseconds. */
  static Optional<Instant> of(String header) {
    return header.matches("\\d{1,15}")
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(header)))
        : Optional.empty();
  }

  /**
   * How long somebody may be let wait, so that the answer still comes before the deadline.
   *
   * @param longest without any deadline
   * @return not negative
   */
  public static Duration spare(Duration longest, InstantSource clock) {
    Duration wait =
        current()
            .map(end -> Duration.between(clock.instant(), end).minus(ON_ITS_WAY))
            .filter(left -> left.compareTo(longest) < 0)
            .orElse(longest);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Runs under a deadline; an earlier one that already holds stays. */
  public static <T> T until(Instant deadline, Callable<T> action) throws Exception {
    Instant earlier = current().filter(held -> held.isBefore(deadline)).orElse(deadline);
    return ScopedValue.where(CURRENT, earlier).call(action::call);
  }
}
