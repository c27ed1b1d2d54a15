package dev.flotilla.assistant.router;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * How well the router knows the task of requests whose task is known, by cross-validation: the
 * requests are dealt into parts, and each part is judged by what was learned from the others, so
 * that no request speaks for itself. Pure.
 *
 * @param decided by what decided: how many, and how many rightly
 * @param reliability of all claims, each on a request it was not calibrated on
 * @param before the same, with nothing calibrated
 * @param calibration on all requests, for use from now on
 * @param mistakes the first of those decided wrongly
 */
public record Evaluation(
    Map<String, Count> decided,
    Reliability reliability,
    Reliability before,
    Calibration calibration,
    List<Mistake> mistakes) {
  /** Into how many parts requests are dealt. */
  public static final int PARTS = 10;

  private static final int MOST_MISTAKES = 20;
  private static final int DEAL = 20;

  /** A request and the task it is of. */
  public record Labelled(String text, String task) {}

  /**
   * @param claimed mean of the confidences claimed
   */
  public record Count(int all, int right, double claimed) {
    private Count with(boolean wasRight, double confidence) {
      return new Count(
          all + 1, right + (wasRight ? 1 : 0), claimed + (confidence - claimed) / (all + 1));
    }
  }

  /** A request that went to another task than it should. */
  public record Mistake(String text, String task, String taken, String why, double confidence) {}

  public static Evaluation of(List<Labelled> requests, Policy policy, Examples examples) {
    List<Labelled> dealt = new ArrayList<>(requests);
    Collections.shuffle(dealt, new Random(DEAL));
    Map<String, Count> decided = new LinkedHashMap<>();
    List<Reliability.Claim> claims = new ArrayList<>();
    List<Reliability.Claim> start = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      Calibration learned = calibration(part(dealt, part, false), policy, examples);
      for (Labelled each : part(dealt, part, true)) {
        Choice choice = choose(each, policy, examples, learned);
        boolean right = choice.taskClass().equals(each.task());
        decided.merge(
            kind(choice.why()),
            new Count(1, right ? 1 : 0, choice.confidence()),
            (count, _) -> count.with(right, choice.confidence()));
        claims.add(new Reliability.Claim(choice.confidence(), right));
        start.add(claim(each, choose(each, policy, examples, Calibration.START)));
        if (!right) {
          mistakes.add(
              new Mistake(
                  each.text(),
                  each.task(),
                  choice.taskClass(),
                  choice.why().sentence(),
                  choice.confidence()));
        }
      }
    }
    return new Evaluation(
        decided,
        Reliability.of(claims),
        Reliability.of(start),
        calibration(requests, policy, examples),
        mistakes.stream().limit(MOST_MISTAKES).toList());
  }

  private static Reliability.Claim claim(Labelled request, Choice choice) {
    return new Reliability.Claim(choice.confidence(), choice.taskClass().equals(request.task()));
  }

  private static List<Labelled> part(List<Labelled> dealt, int part, boolean inside) {
    List<Labelled> found = new ArrayList<>();
    for (int i = 0; i < dealt.size(); i++) {
      if ((i % PARTS == part) == inside) {
        found.add(dealt.get(i));
      }
    }
    return found;
  }

  private static Choice choose(
      Labelled request, Policy policy, Examples examples, Calibration calibration) {
    return Route.choose(
        new Asked(Optional.empty(), Optional.empty(), request.text()),
        policy,
        model -> false,
        examples,
        calibration);
  }

  /** What is claimed of these requests under a calibration that was learned from others. */
  public static List<Reliability.Claim> claims(
      List<Labelled> requests, Policy policy, Examples examples, Calibration calibration) {
    return requests.stream()
        .map(each -> claim(each, choose(each, policy, examples, calibration)))
        .toList();
  }

  /**
   * What these requests teach. A rule counts as right until they show otherwise, the default as a
   * coin.
   */
  public static Calibration calibration(List<Labelled> requests, Policy policy, Examples examples) {
    List<Fitting.Sample> samples = new ArrayList<>();
    int byRule = 0;
    int ruledRightly = 0;
    int ofDefault = 0;
    for (Labelled each : requests) {
      Choice choice = choose(each, policy, examples, Calibration.START);
      ofDefault += each.task().equals(policy.defaultClass()) ? 1 : 0;
      if (choice.why() instanceof Choice.Rule) {
        byRule++;
        ruledRightly += choice.taskClass().equals(each.task()) ? 1 : 0;
        continue;
      }
      List<Examples.Score> scores = Route.candidates(each.text(), policy, examples);
      for (int i = 0; i < scores.size(); i++) {
        if (scores.get(i).taskClass().equals(each.task())) {
          samples.add(new Fitting.Sample(scores, i));
        }
      }
    }
    return Fitting.of(
        samples,
        policy.fingerprint(),
        (ruledRightly + 1.0) / (byRule + 1),
        (ofDefault + 0.5) / (requests.size() + 1));
  }

  private static String kind(Choice.Why why) {
    return switch (why) {
      case Choice.Explicit named -> "named";
      case Choice.Rule rule -> "a rule";
      case Choice.Semantic semantic -> "the examples";
      case Choice.Ambiguous ambiguous -> "the safer of two";
      case Choice.Only only -> "the only task";
      case Choice.Default none -> "the default";
    };
  }
}
