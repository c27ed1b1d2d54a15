package dev.flotilla.node;

import dev.flotilla.node.core.Moment;
import java.time.Clock;

/** Where the node reads the time. Thread-safe. */
public interface Time {
  Moment now();

  /** The machine's clocks. */
  static Time system() {
    Clock clock = Clock.systemUTC();
    return () -> new Moment(System.nanoTime(), clock.instant());
  }
}
