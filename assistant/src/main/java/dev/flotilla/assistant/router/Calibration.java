package dev.flotilla.assistant.router;

import dev.flotilla.assistant.router.Examples.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns how like a request is to the examples of each class into how likely it is of that class: a
 * multinomial logistic model of one slope for all classes and one bias for each (Platt's scaling,
 * for several classes), so that what it says of all classes adds up to 1. {@link Fitting} finds its
 * numbers. Immutable.
 *
 * @param tasks the {@link Policy#fingerprint} of what it was measured on; empty for the start
 * @param slope how much a difference in likeness says
 * @param biases of each class, beyond what its examples say; none is 0
 * @param rules how often a rule is right, from 0 to 1
 * @param standard how often the default is right where no class has examples, from 0 to 1
 */
public record Calibration(
    String tasks, double slope, Map<String, Double> biases, double rules, double standard) {

  /**
   * Before anything is measured here: the slope is that of the shipped embedding model on a public
   * set of requests, see {@code bench/reports/router.md}.
   */
  public static final Calibration START = new Calibration("", 20, Map.of(), 1, 0.5);

  public Calibration {
    biases = Map.copyOf(biases);
  }

  /** How likely each class is, from 0 to 1, in the order of the scores. */
  public Map<String, Double> shares(List<Score> scores) {
    double[] shares = softmax(scores.stream().mapToDouble(this::strength).toArray());
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      byClass.put(scores.get(i).taskClass(), shares[i]);
    }
    return byClass;
  }

  private double strength(Score score) {
    return slope * score.likeness() + biases.getOrDefault(score.taskClass(), 0.0);
  }

  static double[] softmax(double[] strengths) {
    double most = Double.NEGATIVE_INFINITY;
    for (double strength : strengths) {
      most = Math.max(most, strength);
    }
    double[] shares = new double[strengths.length];
    double all = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(strengths[i] - most);
      all += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= all;
    }
    return shares;
  }
}
