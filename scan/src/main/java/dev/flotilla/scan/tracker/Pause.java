package dev.flotilla.scan.tracker;

import java.time.Duration;

/** Lets time pass; in tests it does not. */
@FunctionalInterface
public interface Pause {
  /** Returns after that long. */
  void of(Duration duration) throws InterruptedException;
}
