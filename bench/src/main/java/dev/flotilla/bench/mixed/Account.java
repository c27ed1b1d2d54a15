package dev.flotilla.bench.mixed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What became of everything that was asked. Thread-safe. */
final class Account {
  private static final int MOST_EXAMPLES = 10;

  private final Map<String, Map<End, Count>> ends = new ConcurrentHashMap<>();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();

  /**
   * How often, and how long it took at most.
   *
   * @param example of what was said
   */
  record Count(long number, Duration longest, String example) {
    private static Count first(Duration took, String said) {
      return new Count(1, took, said);
    }

    private Count and(Count other) {
      return new Count(
          number + other.number,
          longest.compareTo(other.longest) > 0 ? longest : other.longest,
          example);
    }
  }

  /**
   * @param begun when it was asked
   * @param detail what was said
   */
  void note(String what, End end, Instant begun, String detail) {
    Count one = Count.first(Duration.between(begun, Instant.now()), detail);
    Count _ =
        ends.computeIfAbsent(what, w -> new ConcurrentHashMap<>()).merge(end, one, Count::and);
    if (end.lost() && examples.size() < MOST_EXAMPLES) {
      examples.add(what + ", " + end.words() + ": " + detail);
    }
  }

  Map<String, Map<End, Count>> all() {
    return new TreeMap<>(ends);
  }

  Queue<String> examples() {
    return examples;
  }

  long lost() {
    return ends.values().stream()
        .flatMap(each -> each.entrySet().stream())
        .filter(each -> each.getKey().lost())
        .mapToLong(each -> each.getValue().number())
        .sum();
  }
}
