package dev.flotilla.node;

import dev.flotilla.node.core.Moment;
import java.time.Duration;
import java.time.Instant;

/** A clock that goes only when told. */
final class FakeTime implements Time {
  private Moment now = new Moment(1_000_000_000L, Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Moment now() {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** The wall clock jumps; the monotonic one does not. */
  void jump(Duration duration) {
    now = new Moment(now.nanos(), now.wall().plus(duration));
  }
}
