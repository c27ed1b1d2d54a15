package dev.flotilla.assistant.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a claimed confidence is earned: claims in tenths, each with how often it was right.
 *
 * @param bins those with at least one claim
 */
public record Reliability(List<Bin> bins) {
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * @param claimed mean of the confidences claimed
   * @param right how often they were right
   */
  public record Bin(int count, double claimed, double right) {}

  /** A claim and what came of it. */
  public record Claim(double confidence, boolean right) {}

  public static Reliability of(List<Claim> claims) {
    List<Bin> bins = new ArrayList<>();
    for (int tenth = 0; tenth < 10; tenth++) {
      int wanted = tenth;
      List<Claim> inside =
          claims.stream().filter(c -> Math.min(9, (int) (c.confidence() * 10)) == wanted).toList();
      if (!inside.isEmpty()) {
        bins.add(
            new Bin(
                inside.size(),
                inside.stream().mapToDouble(Claim::confidence).average().orElse(0),
                inside.stream().filter(Claim::right).count() / (double) inside.size()));
      }
    }
    return new Reliability(bins);
  }

  /** The mean distance between claim and outcome, weighed by claims: expected calibration error. */
  public double error() {
    int all = bins.stream().mapToInt(Bin::count).sum();
    return all == 0
        ? 0
        : bins.stream().mapToDouble(b -> b.count() * Math.abs(b.claimed() - b.right())).sum() / all;
  }

  /** A table for people. */
  public String table() {
    StringBuilder text = new StringBuilder("| says | is right | of requests |\n|---|---|---|\n");
    for (Bin bin : bins) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %.0f %% | %.0f %% | %d |%n",
              bin.claimed() * 100,
              bin.right() * 100,
              bin.count()));
    }
    return text.append(
            String.format(Locale.ROOT, "%nOff by %.1f points on average.%n", error() * 100))
        .toString();
  }
}
