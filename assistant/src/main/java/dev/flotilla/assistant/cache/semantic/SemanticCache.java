package dev.flotilla.assistant.cache.semantic;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.assistant.cache.Scope;
import dev.flotilla.assistant.embedding.Meaning;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Answers to what was asked before in other words, within one scope: the most alike question above
 * the threshold that no guard tells apart. Texts that the model cannot see whole are neither kept
 * nor found. For single questions; what was said before in a conversation it does not see.
 * Thread-safe.
 */
public final class SemanticCache {
  /** What the benchmark of the caches was made with. */
  public static final double USUAL_THRESHOLD = 0.80;

  private final Meaning meaning;
  private final Guards guards;
  private final double threshold;
  private final Cache<Key, Asked> asked;

  private record Key(Scope scope, String text) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Asked(float[] vector, JsonNode answer) {}

  /**
   * An answer that was given before.
   *
   * @param question it was given to
   * @param likeness of the two questions, from the threshold to 1
   */
  public record Hit(JsonNode answer, String question, double likeness) {}

  /**
   * @param threshold least likeness, from 0 to 1
   * @param most answers that are kept, 2 KiB and their own size each
   */
  public SemanticCache(Meaning meaning, double threshold, long most, Duration ttl, Clock clock) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "threshold must be above 0 and at most 1, not " + threshold);
    }
    this.meaning = meaning;
    this.guards = new Guards(meaning);
    this.threshold = threshold;
    this.asked =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterWrite(ttl)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** The answer to a question that means the same. */
  public Optional<Hit> find(Scope scope, String text) {
    if (asked.estimatedSize() == 0 || !meaning.seesAllOf(text)) {
      return Optional.empty();
    }
    float[] vector = meaning.of(List.of(text)).getFirst();
    return asked.asMap().entrySet().stream()
        .filter(entry -> entry.getKey().scope().equals(scope))
        .map(
            entry ->
                new Hit(
                    entry.getValue().answer(),
                    entry.getKey().text(),
                    Meaning.likeness(vector, entry.getValue().vector())))
        .filter(hit -> hit.likeness() >= threshold)
        .sorted(Comparator.comparingDouble(Hit::likeness).reversed())
        .filter(hit -> guards.apart(text, hit.question()).isEmpty())
        .findFirst();
  }

  public void keep(Scope scope, String text, JsonNode answer) {
    if (meaning.seesAllOf(text)) {
      asked.put(new Key(scope, text), new Asked(meaning.of(List.of(text)).getFirst(), answer));
    }
  }

  /** How many answers are kept, about. */
  public long size() {
    return asked.estimatedSize();
  }

  /** Forgets all answers, as when a model or a prompt of the house was changed. */
  public void clear() {
    asked.invalidateAll();
  }
}
