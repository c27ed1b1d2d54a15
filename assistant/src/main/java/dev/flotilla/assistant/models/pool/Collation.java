package dev.flotilla.assistant.models.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which of the waiting requests goes next. Those whose model is loaded go before those that would
 * have one swapped in, so that A B C A B C runs as A A B B C C; but nobody is passed over for
 * longer than the patience, however many of the loaded model keep coming.
 */
public final class Collation {
  private static final Comparator<Waiting> OLDEST_FIRST =
      Comparator.comparing(Waiting::since).thenComparingLong(Waiting::number);
  private static final Comparator<Waiting> URGENT_FIRST =
      Comparator.comparingInt(Waiting::priority).reversed();

  private Collation() {}

  /**
   * @param busy how many requests of each holder run now, for fairness between them
   * @return the next one, empty when nothing waits
   */
  public static Optional<Waiting> next(
      List<Waiting> waiting,
      Set<String> loaded,
      ToIntFunction<String> busy,
      Duration patience,
      Instant now) {
    return waiting.stream()
        .filter(w -> w.overdue(patience, now))
        .min(OLDEST_FIRST)
        .or(
            () ->
                waiting.stream()
                    .min(
                        Comparator.comparing((Waiting w) -> !loaded.contains(w.model()))
                            .thenComparing(URGENT_FIRST)
                            .thenComparingInt(w -> busy.applyAsInt(w.holder()))
                            .thenComparingLong(Waiting::number)));
  }

  /** In the order in which models may be loaded for them. */
  static List<Waiting> byTurn(List<Waiting> waiting, Duration patience, Instant now) {
    return waiting.stream()
        .sorted(
            Comparator.comparing((Waiting w) -> !w.overdue(patience, now))
                .thenComparing(w -> w.overdue(patience, now) ? w.since() : Instant.MAX)
                .thenComparing(URGENT_FIRST)
                .thenComparingLong(Waiting::number))
        .toList();
  }
}
