package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the waiting requests goes next. Those whose model is loaded go before those that would
 * have one swapped in, so that A B C A B C runs as A A B B C C; but nobody is passed over for
 * longer than the patience, however many of the loaded model keep coming.
 */
public final class Collation {
  private Collation() {}

  /**
   * @param priority larger goes first among equals of age and model
   * @param key for whom it is: among requests of one model and priority keys take turns
   */
  public record Waiting(long number, String model, String key, int priority, Instant since) {}

  /**
   * @param busy how many requests of each key run now, for fairness between keys
   * @return the next one, empty when nothing waits
   */
  public static Optional<Waiting> next(
      List<Waiting> waiting,
      Set<String> loaded,
      java.util.function.ToIntFunction<String> busy,
      Duration patience,
      Instant now) {
    Predicate<Waiting> overdue = w -> Duration.between(w.since(), now).compareTo(patience) >= 0;
    Optional<Waiting> oldest =
        waiting.stream()
            .filter(overdue)
            .min(Comparator.comparing(Waiting::since).thenComparingLong(Waiting::number));
    if (oldest.isPresent()) {
      return oldest;
    }
    return waiting.stream()
        .min(
            Comparator.comparing((Waiting w) -> !loaded.contains(w.model()))
                .thenComparing(Comparator.comparingInt(Waiting::priority).reversed())
                .thenComparingInt(w -> busy.applyAsInt(w.key()))
                .thenComparingLong(Waiting::number));
  }
}
