package dev.flotilla.assistant.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the lead of the best class over the next into how often such a lead is right, as measured
 * on requests whose class is known: isotonic regression, so that a larger lead is never less sure.
 * Immutable.
 *
 * @param steps by growing lead
 * @param standard how often the default is right where no rule and no example speaks
 */
public record Calibration(List<Step> steps, double standard) {

  /** Nothing measured: no lead is worth more than a coin. */
  public static final Calibration NONE = new Calibration(List.of(), 0.5);

  public Calibration {
    steps = List.copyOf(steps);
  }

  /**
   * From this lead on.
   *
   * @param right how often it was right, from 0 to 1
   */
  public record Step(double lead, double right) {}

  /** One request whose class is known. */
  public record Sample(double lead, boolean right) {}

  /** Pool adjacent violators over the samples. Few samples are pulled towards one half. */
  public static Calibration of(List<Sample> samples) {
    return of(samples, 0.5);
  }

  /**
   * The same, with how often the default was right.
   *
   * @param standard from 0 to 1
   */
  public static Calibration of(List<Sample> samples, double standard) {
    List<Pool> pools = new ArrayList<>();
    for (Sample sample :
        samples.stream().sorted(Comparator.comparingDouble(Sample::lead)).toList()) {
      pools.add(new Pool(sample.lead(), sample.right() ? 1 : 0, 1));
      while (pools.size() > 1 && pools.get(pools.size() - 2).share() >= pools.getLast().share()) {
        Pool last = pools.removeLast();
        Pool before = pools.removeLast();
        pools.add(before.with(last));
      }
    }
    return new Calibration(
        pools.stream().map(p -> new Step(p.lead, (p.right + 0.5) / (p.count + 1))).toList(),
        standard);
  }

  /** How often the best class is right at this lead, from 0 to 1. */
  public double confidence(double lead) {
    double right = 0.5;
    for (Step step : steps) {
      if (step.lead() > lead) {
        break;
      }
      right = Math.max(right, step.right());
    }
    return right;
  }

  private record Pool(double lead, double right, double count) {
    double share() {
      return right / count;
    }

    Pool with(Pool other) {
      return new Pool(lead, right + other.right, count + other.count);
    }
  }
}
