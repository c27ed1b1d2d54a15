package dev.flotilla.assistant.router;

import dev.flotilla.assistant.embedding.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of a policy as vectors, made once. A class is as like a request as the mean of its
 * most like examples. Immutable.
 */
public final class Examples {
  private static final int NEAREST = 2;

  private final Meaning meaning;
  private final Map<String, List<float[]>> byClass = new LinkedHashMap<>();

  /** Of a policy none of whose classes has examples that could be compared. */
  public static Examples none(Meaning meaning) {
    return new Examples(new Policy(List.of(), "", 0), meaning);
  }

  public Examples(Policy policy, Meaning meaning) {
    this.meaning = meaning;
    policy.classes().stream()
        .filter(c -> !c.examples().isEmpty())
        .forEach(c -> byClass.put(c.name(), meaning.of(c.examples())));
  }

  /**
   * @param likeness from -1 to 1
   */
  public record Score(String taskClass, double likeness) {}

  /** The classes that have examples, the most like first. */
  public List<Score> scores(String text) {
    if (byClass.isEmpty()) {
      return List.of();
    }
    float[] asked = meaning.of(List.of(text)).getFirst();
    List<Score> scores = new ArrayList<>();
    byClass.forEach(
        (name, vectors) ->
            scores.add(
                new Score(
                    name,
                    vectors.stream()
                        .mapToDouble(v -> Meaning.likeness(v, asked))
                        .map(x -> -x)
                        .sorted()
                        .limit(NEAREST)
                        .map(x -> -x)
                        .average()
                        .orElse(-1))));
    scores.sort(Comparator.comparingDouble(Score::likeness).reversed());
    return scores;
  }
}
