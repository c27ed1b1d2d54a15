package dev.flotilla.assistant.door;

import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after all that waits for a target, many times a second while anything does: calls off what
 * is past its deadline, and watches the clients of what lasts. A request that is answered at once
 * costs neither timer nor thread. Thread-safe.
 */
final class Wards {
  static final String LEFT = "the client left";
  static final String LATE = "the deadline passed";
  static final String CLOSED = "the door was closed";

  private static final Duration PERIOD = Duration.ofMillis(20);

  /** How long a client that does not take what is written is waited for after the deadline. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Timers timers;
  private final Clock clock;
  private final Set<Ward> wards = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean closed;

  Wards(Timers timers, Clock clock) {
    this.timers = timers;
    this.clock = clock;
  }

  /** Something looked after; closing it ends that. */
  final class Ward implements AutoCloseable {
    private final CallOff callOff;
    private final Instant deadline;
    private boolean seen;
    private boolean watched;

    private Ward(CallOff callOff, Instant deadline) {
      this.callOff = callOff;
      this.deadline = deadline;
    }

    @Override
    public void close() {
      wards.remove(this);
    }
  }

  Ward take(CallOff callOff, Instant deadline) {
    Ward ward = new Ward(callOff, deadline);
    wards.add(ward);
    if (closed) {
      callOff.callOffAfterStep(CLOSED);
    }
    if (sweeping.compareAndSet(false, true)) {
      next();
    }
    return ward;
  }

  /** Calls off all there is and all that comes, as the door will not be there any longer. */
  void close() {
    closed = true;
    wards.forEach(ward -> ward.callOff.callOffAfterStep(CLOSED));
  }

  private void next() {
    var _ = timers.after(PERIOD, this::sweep);
  }

  private void sweep() {
    Instant now = clock.instant();
    for (Ward ward : wards) {
      if (now.isAfter(ward.deadline.plus(LAST_WORDS))) {
        ward.callOff.callOff(LATE);
      } else if (now.isAfter(ward.deadline)) {
        ward.callOff.callOffAfterStep(LATE);
      } else if (ward.seen && !ward.watched) {
        ward.watched = true;
        ward.callOff.whenClientLeaves(LEFT);
      }
      ward.seen = true;
    }
    if (!wards.isEmpty()) {
      next();
      return;
    }
    sweeping.set(false);
    if (!wards.isEmpty() && sweeping.compareAndSet(false, true)) {
      next();
    }
  }
}
