package dev.flotilla.assistant.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well the router knows the task of requests whose task is known. What the examples claim is
 * calibrated on one half of the requests and judged on the other, and the other way round, so that
 * no request speaks for itself. Pure.
 *
 * @param decided by what decided: how many, and how many rightly
 * @param reliability of the claims, all of them on requests they were not calibrated on
 * @param calibration on all requests, for use from now on
 * @param mistakes the first of those decided wrongly
 */
public record Evaluation(
    Map<String, Count> decided,
    Reliability reliability,
    Calibration calibration,
    List<Mistake> mistakes) {
  private static final int MOST_MISTAKES = 20;

  /** A request and the task it is of. */
  public record Labelled(String text, String task) {}

  public record Count(int all, int right) {}

  /** A request that went to another task than it should. */
  public record Mistake(String text, String task, String taken, String why, double confidence) {}

  public static Evaluation of(List<Labelled> requests, Policy policy, Examples examples) {
    List<Labelled> even = half(requests, 0);
    List<Labelled> odd = half(requests, 1);
    List<Judged> judged = new ArrayList<>();
    judged.addAll(judge(even, policy, examples, calibration(odd, policy, examples)));
    judged.addAll(judge(odd, policy, examples, calibration(even, policy, examples)));
    Map<String, Count> decided = new LinkedHashMap<>();
    List<Reliability.Claim> claims = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (Judged each : judged) {
      String kind = kind(each.choice().why());
      boolean right = each.choice().taskClass().equals(each.labelled().task());
      decided.merge(
          kind,
          new Count(1, right ? 1 : 0),
          (a, b) -> new Count(a.all() + b.all(), a.right() + b.right()));
      claims.add(new Reliability.Claim(each.choice().confidence(), right));
      if (!right && mistakes.size() < MOST_MISTAKES) {
        mistakes.add(
            new Mistake(
                each.labelled().text(),
                each.labelled().task(),
                each.choice().taskClass(),
                each.choice().why().sentence(),
                each.choice().confidence()));
      }
    }
    return new Evaluation(
        decided, Reliability.of(claims), calibration(requests, policy, examples), mistakes);
  }

  private record Judged(Labelled labelled, Choice choice) {}

  private static List<Labelled> half(List<Labelled> requests, int which) {
    List<Labelled> half = new ArrayList<>();
    for (int i = which; i < requests.size(); i += 2) {
      half.add(requests.get(i));
    }
    return half;
  }

  private static List<Judged> judge(
      List<Labelled> requests, Policy policy, Examples examples, Calibration calibration) {
    return requests.stream()
        .map(
            r ->
                new Judged(
                    r,
                    Route.choose(
                        new Asked(Optional.empty(), Optional.empty(), r.text()),
                        policy,
                        model -> false,
                        examples,
                        calibration)))
        .toList();
  }

  /** Of the requests that the examples alone decide. */
  private static Calibration calibration(
      List<Labelled> requests, Policy policy, Examples examples) {
    List<Calibration.Sample> samples = new ArrayList<>();
    int defaults = 0;
    int rightly = 0;
    for (Judged each : judge(requests, policy.daring(), examples, Calibration.NONE)) {
      if (each.choice().why() instanceof Choice.Semantic(var likely, var likeness, var lead)) {
        samples.add(new Calibration.Sample(lead, likely.equals(each.labelled().task())));
      }
      if (each.choice().why() instanceof Choice.Default) {
        defaults++;
        rightly += each.choice().taskClass().equals(each.labelled().task()) ? 1 : 0;
      }
    }
    return Calibration.of(samples, (rightly + 0.5) / (defaults + 1));
  }

  private static String kind(Choice.Why why) {
    return switch (why) {
      case Choice.Explicit named -> "named";
      case Choice.Rule rule -> "a rule";
      case Choice.Semantic semantic -> "the examples";
      case Choice.Ambiguous ambiguous -> "the safer of two";
      case Choice.Default none -> "the default";
    };
  }
}
