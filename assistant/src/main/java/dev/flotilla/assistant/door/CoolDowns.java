package dev.flotilla.assistant.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Until when targets asked to be left alone, by the name they were asked by: limits are set for a
 * model, and others of the same server may still answer. Kept for {@value #MOST} names at most, as
 * clients may make them up; beyond them the one that ends first is forgotten. Thread-safe.
 */
final class CoolDowns {
  static final int MOST = 500;

  private final Clock clock;
  private final Map<String, Instant> until = new HashMap<>();

  CoolDowns(Clock clock) {
    this.clock = clock;
  }

  /** Empty when it may be asked now. */
  synchronized Optional<Instant> until(String target) {
    Instant end = until.get(target);
    if (end == null || clock.instant().isBefore(end)) {
      return Optional.ofNullable(end);
    }
    until.remove(target);
    return Optional.empty();
  }

  synchronized void leaveAlone(String target, Duration wait) {
    Instant now = clock.instant();
    until.values().removeIf(end -> !now.isBefore(end));
    until.put(target, now.plus(wait));
    if (until.size() > MOST) {
      until.entrySet().stream()
          .min(Comparator.comparing(Map.Entry<String, Instant>::getValue))
          .ifPresent(first -> until.remove(first.getKey()));
    }
  }

  /** How many are kept. */
  synchronized int size() {
    return until.size();
  }
}
