package dev.flotilla.assistant.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.assistant.router.Examples.Score;
import dev.flotilla.assistant.router.Fitting.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The model that made the samples is found again, and few samples do not lead far away. */
final class FittingTest {
  private static final Calibration MADE =
      new Calibration("", 12, Map.of("a", 0.0, "b", 1.0, "c", -1.0), 1, 0.5);

  private static List<Score> scores(Random random) {
    return List.of(
        new Score("a", random.nextDouble()),
        new Score("b", random.nextDouble()),
        new Score("c", random.nextDouble()));
  }

  private static List<Sample> samples(int count, long seed) {
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Score> scores = scores(random);
      double point = random.nextDouble();
      List<Double> shares = List.copyOf(MADE.shares(scores).values());
      int right = point < shares.get(0) ? 0 : point < shares.get(0) + shares.get(1) ? 1 : 2;
      samples.add(new Sample(scores, right));
    }
    return samples;
  }

  private static double bias(Calibration calibration, String task) {
    return calibration.biases().getOrDefault(task, Double.NaN);
  }

  @Test
  void findsWhatTheSamplesWereMadeWith() {
    Calibration found = Fitting.of(samples(20_000, 1), "tasks", 1, 0.5);
    assertThat(found.slope()).isCloseTo(12, within(0.5));
    assertThat(bias(found, "b") - bias(found, "a")).isCloseTo(1, within(0.1));
    assertThat(bias(found, "c") - bias(found, "a")).isCloseTo(-1, within(0.1));
    assertThat(found.tasks()).isEqualTo("tasks");
  }

  @Test
  void claimsOnOthersAreEarned() {
    Calibration found = Fitting.of(samples(300, 2), "", 1, 0.5);
    List<Reliability.Claim> claims = new ArrayList<>();
    for (Sample sample : samples(5_000, 3)) {
      List<Double> shares = List.copyOf(found.shares(sample.scores()).values());
      double most = shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      claims.add(new Reliability.Claim(most, shares.indexOf(most) == sample.right()));
    }
    assertThat(Reliability.of(claims).error()).isLessThan(0.03);
  }

  @Test
  void oneSampleMovesItLittleAndNoneNotAtAll() {
    assertThat(Fitting.of(List.of(), "", 1, 0.5).slope()).isEqualTo(Calibration.START.slope());
    assertThat(Fitting.of(samples(1, 4), "", 1, 0.5).slope())
        .isCloseTo(Calibration.START.slope(), within(6.0));
  }

  @Test
  void whatIsSaidOfAllClassesAddsUpToOne() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      assertThat(
              MADE.shares(scores(random)).values().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void theIntervalOfABinHoldsWhatChanceDoes() {
    List<Reliability.Claim> claims = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      claims.add(new Reliability.Claim(0.75, i < 15));
    }
    Reliability.Bin bin = Reliability.of(claims).bins().getFirst();
    assertThat(bin.right()).isEqualTo(0.75);
    assertThat(bin.least()).isCloseTo(0.531, within(0.001));
    assertThat(bin.most()).isCloseTo(0.888, within(0.001));
    assertThat(Reliability.of(claims).error()).isCloseTo(0, within(1e-12));
    assertThat(Reliability.of(claims).chance().mean()).isGreaterThan(0.03);
    assertThat(Reliability.of(claims).brier()).isCloseTo(0.1875, within(1e-9));
  }
}
