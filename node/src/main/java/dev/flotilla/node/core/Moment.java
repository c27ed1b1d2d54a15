package dev.flotilla.node.core;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, twice: intervals are measured on the monotonic clock, which no clock jump moves;
 * people read the wall clock.
 *
 * @param nanos of a monotonic clock, meaningful only as a difference
 * @param wall for people
 */
public record Moment(long nanos, Instant wall) {

  /** How long ago the other moment was; negative when it is ahead. */
  public Duration since(Moment other) {
    return Duration.ofNanos(nanos - other.nanos);
  }

  public Moment plus(Duration duration) {
    return new Moment(nanos + duration.toNanos(), wall.plus(duration));
  }

  /** Whether this moment is at or after the other. */
  public boolean reached(Moment other) {
    return nanos - other.nanos >= 0;
  }
}
