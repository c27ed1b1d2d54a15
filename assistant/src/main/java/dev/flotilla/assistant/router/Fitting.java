package dev.flotilla.assistant.router;

import dev.flotilla.assistant.router.Examples.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the calibration under which the known classes of requests are likeliest, held to {@link
 * Calibration#START} as if that had been seen before: the fewer the requests, the nearer it stays.
 * Gradient ascent over a concave function. Pure.
 */
final class Fitting {
  private static final int STEPS = 2_000;
  private static final double ENOUGH = 1e-7;

  /** The slope moves in these units, so that it is about as large as a bias. */
  private static final double UNIT = 10;

  /** How far from the start a slope, in its units, and a bias are believed to lie. */
  private static final double SPREAD = 0.5;

  /**
   * A request whose class is known.
   *
   * @param scores of all classes that can be chosen by their examples, in one order for all samples
   * @param right the place of its class among them
   */
  record Sample(List<Score> scores, int right) {}

  private Fitting() {}

  /** Of no samples it is the start. */
  static Calibration of(List<Sample> samples, String tasks, double rules, double standard) {
    if (samples.isEmpty()) {
      return new Calibration(tasks, Calibration.START.slope(), Map.of(), rules, standard);
    }
    double[] at = climb(samples);
    List<Score> classes = samples.getFirst().scores();
    Map<String, Double> biases = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      biases.put(classes.get(i).taskClass(), at[i + 1]);
    }
    return new Calibration(tasks, at[0] * UNIT, biases, rules, standard);
  }

  private static double[] climb(List<Sample> samples) {
    double[] at = new double[samples.getFirst().scores().size() + 1];
    at[0] = Calibration.START.slope() / UNIT;
    double height = height(at, samples);
    double stride = 1.0 / samples.size();
    for (int step = 0; step < STEPS; step++) {
      double[] slope = gradient(at, samples);
      double[] next = moved(at, slope, stride);
      double reached = height(next, samples);
      while (reached < height && stride > 1e-12) {
        stride /= 2;
        next = moved(at, slope, stride);
        reached = height(next, samples);
      }
      if (reached - height < ENOUGH) {
        return reached > height ? next : at;
      }
      at = next;
      height = reached;
      stride *= 1.5;
    }
    return at;
  }

  private static double[] moved(double[] at, double[] direction, double stride) {
    double[] next = at.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += stride * direction[i];
    }
    return next;
  }

  private static double[] shares(double[] at, Sample sample) {
    double[] strengths = new double[sample.scores().size()];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = at[0] * UNIT * sample.scores().get(i).likeness() + at[i + 1];
    }
    return Calibration.softmax(strengths);
  }

  /** Logarithm of how likely all is. */
  private static double height(double[] at, List<Sample> samples) {
    double sum = 0;
    for (Sample sample : samples) {
      sum += Math.log(Math.max(1e-300, shares(at, sample)[sample.right()]));
    }
    for (int i = 0; i < at.length; i++) {
      double off = at[i] - start(i);
      sum -= off * off / (2 * SPREAD * SPREAD);
    }
    return sum;
  }

  private static double[] gradient(double[] at, List<Sample> samples) {
    double[] gradient = new double[at.length];
    for (Sample sample : samples) {
      double[] shares = shares(at, sample);
      for (int i = 0; i < shares.length; i++) {
        double off = (i == sample.right() ? 1 : 0) - shares[i];
        gradient[0] += off * UNIT * sample.scores().get(i).likeness();
        gradient[i + 1] += off;
      }
    }
    for (int i = 0; i < at.length; i++) {
      gradient[i] -= (at[i] - start(i)) / (SPREAD * SPREAD);
    }
    return gradient;
  }

  private static double start(int i) {
    return i == 0 ? Calibration.START.slope() / UNIT : 0;
  }
}
