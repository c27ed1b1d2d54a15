package dev.flotilla.assistant.router;

import dev.flotilla.assistant.router.Examples.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses the class and the targets of a request: explicit, then rules, then examples, then
 * default.
 */
public final class Route {
  /**
   * How like a default without examples is to everything, and of what no example speaks clearly.
   */
  private static final double LEAST_LIKENESS = 0.2;

  private Route() {}

  /**
   * @param isModel whether a model of this name can be asked directly
   */
  public static Choice choose(
      Asked asked,
      Policy policy,
      Predicate<String> isModel,
      Examples examples,
      Calibration calibration) {
    Optional<String> model = asked.model().filter(m -> !m.equals("auto"));
    if (model.isPresent() && isModel.test(model.get())) {
      return new Choice(
          "", List.of(model.get()), new Choice.Explicit("the model " + model.get()), 1);
    }
    Optional<TaskClass> named = asked.taskClass().or(() -> model).flatMap(policy::named);
    if (named.isPresent()) {
      return choice(named.get(), new Choice.Explicit("the class " + named.get().name()), 1);
    }
    for (TaskClass each : policy.classes()) {
      for (Pattern pattern : each.patterns()) {
        if (pattern.matcher(asked.text()).find()) {
          return choice(each, new Choice.Rule(each.name(), pattern.pattern()), calibration.rules());
        }
      }
    }
    if (policy.classes().size() == 1) {
      return choice(policy.fallback(), new Choice.Only(), 1);
    }
    List<Score> scores = candidates(asked.text(), policy, examples);
    return scores.size() < 2
        ? choice(policy.fallback(), new Choice.Default(), calibration.standard())
        : likeliest(scores, policy, calibration);
  }

  /**
   * The classes that have examples, and the default; in the order of the policy.
   *
   * @return nothing but the default where no class has examples
   */
  static List<Score> candidates(String text, Policy policy, Examples examples) {
    List<Score> found = examples.scores(text);
    List<Score> scores = new ArrayList<>();
    for (TaskClass each : policy.classes()) {
      if (each.examples().isEmpty() && each.name().equals(policy.defaultClass())) {
        scores.add(new Score(each.name(), LEAST_LIKENESS));
      }
      found.stream().filter(score -> score.taskClass().equals(each.name())).forEach(scores::add);
    }
    return scores;
  }

  private static Choice likeliest(List<Score> scores, Policy policy, Calibration calibration) {
    Map<String, Double> shares = calibration.shares(scores);
    List<Map.Entry<String, Double>> likely =
        shares.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .toList();
    Map.Entry<String, Double> best = likely.get(0);
    TaskClass first = policy.named(best.getKey()).orElseGet(policy::fallback);
    if (best.getValue() >= policy.confident()) {
      return spoken(first, scores, best.getValue());
    }
    if (scores.stream().allMatch(score -> score.likeness() <= LEAST_LIKENESS)) {
      return choice(
          policy.fallback(),
          new Choice.Default(),
          shares.getOrDefault(policy.defaultClass(), calibration.standard()));
    }
    Map.Entry<String, Double> next = likely.get(1);
    TaskClass second = policy.named(next.getKey()).orElseGet(policy::fallback);
    return second.safety() > first.safety()
        ? choice(
            second,
            new Choice.Ambiguous(second.name(), first.name(), best.getValue()),
            next.getValue())
        : spoken(first, scores, best.getValue());
  }

  private static Choice spoken(TaskClass taken, List<Score> scores, double share) {
    double likeness =
        scores.stream()
            .filter(score -> score.taskClass().equals(taken.name()))
            .mapToDouble(Score::likeness)
            .findFirst()
            .orElse(LEAST_LIKENESS);
    Choice.Why why =
        taken.examples().isEmpty()
            ? new Choice.Default()
            : new Choice.Semantic(taken.name(), likeness);
    return choice(taken, why, share);
  }

  private static Choice choice(TaskClass taskClass, Choice.Why why, double confidence) {
    return new Choice(taskClass.name(), taskClass.targets(), why, confidence);
  }
}
