package dev.flotilla.assistant.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Whether a claimed confidence is earned: claims in tenths, each with how often it was right.
 *
 * @param bins those with at least one claim
 * @param right how often all claims were right
 * @param error the mean distance of the bins between claim and outcome, weighed by claims: expected
 *     calibration error
 * @param chance what {@code error} would be of as many claims that are all earned, in the mean of
 *     {@value #DRAWS} draws, and what it would exceed in one of twenty
 * @param brier the mean squared distance between claim and outcome: 0 is all-knowing, 0.25 a coin
 */
public record Reliability(List<Bin> bins, double right, double error, Chance chance, double brier) {
  private static final int DRAWS = 400;
  private static final int SEED = 7;

  /** Of the normal distribution, for 95 %. */
  private static final double Z = 1.959964;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * @param claimed mean of the confidences claimed
   * @param right how often they were right
   * @param least and {@code most}: between them the true share lies with 95 % (Wilson)
   */
  public record Bin(int count, double claimed, double right, double least, double most) {}

  public record Chance(double mean, double most) {}

  /** A claim and what came of it. */
  public record Claim(double confidence, boolean right) {}

  public static Reliability of(List<Claim> claims) {
    List<Bin> bins = bins(claims);
    int all = Math.max(1, claims.size());
    return new Reliability(
        bins,
        (double) claims.stream().filter(Claim::right).count() / all,
        error(bins),
        chance(claims),
        claims.stream().mapToDouble(c -> Math.pow(c.confidence() - (c.right() ? 1 : 0), 2)).sum()
            / all);
  }

  private static List<Bin> bins(List<Claim> claims) {
    List<Bin> bins = new ArrayList<>();
    for (int tenth = 0; tenth < 10; tenth++) {
      int wanted = tenth;
      List<Claim> inside =
          claims.stream().filter(c -> Math.min(9, (int) (c.confidence() * 10)) == wanted).toList();
      if (!inside.isEmpty()) {
        bins.add(
            bin(
                inside.size(),
                inside.stream().mapToDouble(Claim::confidence).average().orElse(0),
                (int) inside.stream().filter(Claim::right).count()));
      }
    }
    return bins;
  }

  private static Bin bin(int count, double claimed, int right) {
    double share = (double) right / count;
    double spread = Z * Z / count;
    double middle = (share + spread / 2) / (1 + spread);
    double half = Z * Math.sqrt(share * (1 - share) / count + spread / count / 4) / (1 + spread);
    return new Bin(count, claimed, share, Math.max(0, middle - half), Math.min(1, middle + half));
  }

  private static double error(List<Bin> bins) {
    int all = bins.stream().mapToInt(Bin::count).sum();
    return all == 0
        ? 0
        : bins.stream().mapToDouble(b -> b.count() * Math.abs(b.claimed() - b.right())).sum() / all;
  }

  /** Even claims that are all earned are off by something when there are few. */
  private static Chance chance(List<Claim> claims) {
    Random random = new Random(SEED);
    double[] errors = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      errors[i] =
          error(
              bins(
                  claims.stream()
                      .map(c -> new Claim(c.confidence(), random.nextDouble() < c.confidence()))
                      .toList()));
    }
    Arrays.sort(errors);
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return new Chance(sum / DRAWS, errors[(int) (DRAWS * 0.95)]);
  }

  /** A table for people, and what it adds up to. */
  public String table() {
    StringBuilder text =
        new StringBuilder(
            "| says | is right | with 95 % between | of requests |\n|---|---|---|---|\n");
    for (Bin bin : bins) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %.0f %% | %.0f %% | %.0f and %.0f %% | %d |%n",
              bin.claimed() * 100,
              bin.right() * 100,
              bin.least() * 100,
              bin.most() * 100,
              bin.count()));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%nRight in %.1f %%. Claims are off by %.1f points on average (expected calibration"
                    + " error; as many earned claims would be off by %.1f by chance, seldom more"
                    + " than %.1f). Brier score %.3f.%n",
                right * 100,
                error * 100,
                chance.mean() * 100,
                chance.most() * 100,
                brier))
        .toString();
  }
}
