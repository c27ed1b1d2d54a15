package dev.flotilla.assistant.router;

import dev.flotilla.assistant.router.Examples.Score;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses the class and the targets of a request: explicit, then rules, then examples, then
 * default.
 */
public final class Route {
  /** Less like than this, and the examples do not speak of the request at all. */
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
          return choice(each, new Choice.Rule(each.name(), pattern.pattern()), 1);
        }
      }
    }
    List<Score> scores = examples.scores(asked.text());
    if (scores.isEmpty() || scores.getFirst().likeness() < LEAST_LIKENESS) {
      return choice(policy.fallback(), new Choice.Default(), calibration.standard());
    }
    return semantic(scores, policy, calibration);
  }

  private static Choice semantic(List<Score> scores, Policy policy, Calibration calibration) {
    Score best = scores.getFirst();
    TaskClass likely = policy.named(best.taskClass()).orElseGet(policy::fallback);
    if (scores.size() == 1) {
      return choice(likely, new Choice.Semantic(likely.name(), best.likeness(), 1), 1);
    }
    Score next = scores.get(1);
    double lead = best.likeness() - next.likeness();
    double confidence = calibration.confidence(lead);
    TaskClass other = policy.named(next.taskClass()).orElseGet(policy::fallback);
    if (confidence < policy.confident() && other.safety() > likely.safety()) {
      return choice(other, new Choice.Ambiguous(other.name(), likely.name(), lead), 1 - confidence);
    }
    return choice(likely, new Choice.Semantic(likely.name(), best.likeness(), lead), confidence);
  }

  private static Choice choice(TaskClass taskClass, Choice.Why why, double confidence) {
    return new Choice(taskClass.name(), taskClass.targets(), why, confidence);
  }
}
