package dev.flotilla.assistant.models.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which model tends to be wanted after which. A first-order chain, forgetting slowly; it proposes a
 * model only when it was next often enough. Immutable.
 *
 * @param last the model wanted last, empty at first
 * @param follows counts of next models by model
 */
public record Prediction(Optional<String> last, Map<String, Map<String, Double>> follows) {
  private static final double KEEP = 0.98;

  public static final Prediction NOTHING = new Prediction(Optional.empty(), Map.of());

  public Prediction {
    follows = Map.copyOf(follows);
  }

  public Prediction wanted(String model) {
    if (last.isEmpty()) {
      return new Prediction(Optional.of(model), follows);
    }
    Map<String, Double> counts = new HashMap<>();
    follows.getOrDefault(last.get(), Map.of()).forEach((m, n) -> counts.put(m, n * KEEP));
    counts.merge(model, 1.0, Double::sum);
    Map<String, Map<String, Double>> next = new HashMap<>(follows);
    next.put(last.get(), Map.copyOf(counts));
    return new Prediction(Optional.of(model), next);
  }

  /**
   * The likely next model.
   *
   * @param confidence the least share of the past it must have been next, from 0 to 1
   * @param leastSeen how often the present model must have been followed by any
   */
  public Optional<String> next(double confidence, double leastSeen) {
    Map<String, Double> counts = last.map(m -> follows.getOrDefault(m, Map.of())).orElse(Map.of());
    double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
    return counts.entrySet().stream()
        .filter(e -> all >= leastSeen && e.getValue() / all >= confidence)
        .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
