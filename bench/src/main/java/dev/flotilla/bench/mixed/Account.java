package dev.flotilla.bench.mixed;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What became of everything that was asked. Thread-safe. */
final class Account {
  private static final int MOST_EXAMPLES = 10;

  /** How one thing ended. */
  enum End {
    ANSWERED("answered as it should be", false),
    TOLD("a clear error", false),
    CUT_BY_KILL("cut off while its service was killed", false),
    CUT("cut off without a kill", true),
    WRONG("another answer than it should be", true),
    UNCLEAR("an error that is none of the API", true),
    HUNG("no end within its time", true),
    LOST("acknowledged and not there in the end", true),
    DOUBLED("done under two names", true);

    private final String words;
    private final boolean lost;

    End(String words, boolean lost) {
      this.words = words;
      this.lost = lost;
    }

    String words() {
      return words;
    }

    boolean lost() {
      return lost;
    }
  }

  private final Map<String, Map<End, LongAdder>> ends = new ConcurrentHashMap<>();
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();

  void note(String what, End end, String detail) {
    ends.computeIfAbsent(what, w -> new ConcurrentHashMap<>())
        .computeIfAbsent(end, e -> new LongAdder())
        .increment();
    if (end.lost() && examples.size() < MOST_EXAMPLES) {
      examples.add(what + ", " + end.words() + ": " + detail);
    }
  }

  long count(String what, End end) {
    LongAdder count = ends.getOrDefault(what, Map.of()).get(end);
    return count == null ? 0 : count.sum();
  }

  Map<String, Map<End, LongAdder>> all() {
    return new TreeMap<>(ends);
  }

  Queue<String> examples() {
    return examples;
  }

  long lost() {
    return ends.values().stream()
        .flatMap(each -> each.entrySet().stream())
        .filter(each -> each.getKey().lost())
        .mapToLong(each -> each.getValue().sum())
        .sum();
  }
}
