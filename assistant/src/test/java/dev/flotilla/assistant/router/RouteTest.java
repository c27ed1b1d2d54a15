package dev.flotilla.assistant.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.router.Attempts.Attempt;
import dev.flotilla.assistant.router.Attempts.Failure;
import dev.flotilla.assistant.router.Attempts.Next;
import dev.flotilla.assistant.router.Attempts.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RouteTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TaskClass HEAVY =
      taskClass(
          "heavy_tasks",
          "complex_reasoning|code_generation",
          List.of("n"),
          2,
          "cloud_api",
          "local_model");
  private static final TaskClass LIGHT =
      taskClass("light_tasks", "simple_qa|command_parse", List.of("e"), 1, "local_model");
  private static final Policy POLICY = new Policy(List.of(HEAVY, LIGHT), "light_tasks", 0.85);

  /** Two dimensions: how much of a text is {@code n}, and how much {@code e}. */
  private static final Meaning LETTERS = texts -> texts.stream().map(RouteTest::letters).toList();

  private static TaskClass taskClass(
      String name, String pattern, List<String> examples, int safety, String... targets) {
    return new TaskClass(
        name,
        List.of(Pattern.compile(pattern)),
        examples,
        List.of(targets),
        safety,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static float[] letters(String text) {
    float n = text.chars().filter(c -> c == 'n').count();
    float e = text.chars().filter(c -> c == 'e').count();
    float length = (float) Math.sqrt(n * n + e * e);
    return length == 0 ? new float[] {0, 0} : new float[] {n / length, e / length};
  }

  private static Choice choose(String model, String taskClass, String text) {
    return Route.choose(
        new Asked(
            Optional.of(model).filter(m -> !m.isEmpty()),
            Optional.of(taskClass).filter(c -> !c.isEmpty()),
            text),
        POLICY,
        "phi-2"::equals,
        new Examples(POLICY, LETTERS),
        Calibration.START);
  }

  @Test
  void whatTheCallerNamesIsTaken() {
    assertThat(choose("phi-2", "", "code_generation").targets()).containsExactly("phi-2");
    assertThat(choose("auto", "heavy_tasks", "simple_qa").taskClass()).isEqualTo("heavy_tasks");
    assertThat(choose("light_tasks", "", "x").why().sentence())
        .isEqualTo("the caller named the class light_tasks");
  }

  @Test
  void thenRules() {
    Choice choice = choose("auto", "", "a code_generation job");
    assertThat(choice.targets()).containsExactly("cloud_api", "local_model");
    assertThat(choice.why().sentence())
        .isEqualTo("the rule \"complex_reasoning|code_generation\" of heavy_tasks matches");
  }

  @Test
  void thenExamplesWithEarnedConfidence() {
    Choice choice = choose("", "", "eee");
    assertThat(choice.taskClass()).isEqualTo("light_tasks");
    assertThat(choice.confidence()).isGreaterThan(0.99);
  }

  @Test
  void whatIsAmbiguousGoesToTheSaferClass() {
    Choice choice = choose("", "", "e".repeat(11) + "n".repeat(10));
    assertThat(choice.taskClass()).isEqualTo("heavy_tasks");
    assertThat(choice.why()).isInstanceOf(Choice.Ambiguous.class);
    assertThat(choice.confidence()).isLessThan(0.5);
    assertThat(choice.why().sentence())
        .matches("it could as well be light_tasks \\(\\d\\d %\\), and heavy_tasks is the safer");
  }

  @Test
  void whereThereIsOneClassThereIsNoDoubt() {
    Policy one = new Policy(List.of(LIGHT), "light_tasks", 0.85);
    Choice choice =
        Route.choose(
            new Asked(Optional.empty(), Optional.empty(), "xyz"),
            one,
            model -> false,
            new Examples(one, LETTERS),
            Calibration.START);
    assertThat(choice.why().sentence()).isEqualTo("it is the only task there is");
    assertThat(choice.confidence()).isEqualTo(1);
  }

  @Test
  void thenTheDefault() {
    assertThat(choose("", "", "xyz").why()).isEqualTo(new Choice.Default());
    assertThat(choose("", "", "xyz").taskClass()).isEqualTo("light_tasks");
    Policy bare =
        new Policy(
            List.of(HEAVY, taskClass("rest", "never", List.of(), 0, "local_model")), "rest", 0.5);
    Choice choice =
        Route.choose(
            new Asked(Optional.empty(), Optional.empty(), "xyz"),
            bare,
            model -> false,
            new Examples(bare, LETTERS),
            Calibration.START);
    assertThat(choice.taskClass()).isEqualTo("rest");
    assertThat(choice.why()).isEqualTo(new Choice.Default());
  }

  private static Optional<Next> next(
      Map<String, TargetState> states, boolean streamed, Attempt... soFar) {
    return Attempts.next(List.of("cloud", "local"), states, List.of(soFar), streamed, NOW, 0.5);
  }

  private static Attempt failed(String target, Failure failure) {
    return new Attempt(target, failure, Optional.empty());
  }

  @Test
  void whatMayPassIsTriedOnceMoreAndThenTheNextIsAsked() {
    assertThat(next(Map.of(), false)).map(Next::target).contains("cloud");
    Optional<Next> again = next(Map.of(), false, failed("cloud", Failure.PASSING));
    assertThat(again).map(Next::target).contains("cloud");
    assertThat(again).map(Next::rest).contains(Duration.ofMillis(200));
    assertThat(
            next(
                Map.of(),
                false,
                failed("cloud", Failure.PASSING),
                failed("cloud", Failure.PASSING)))
        .map(Next::target)
        .contains("local");
    assertThat(next(Map.of(), false, failed("cloud", Failure.REFUSED)))
        .map(Next::target)
        .contains("local");
  }

  @Test
  void whoIsAwayIsWaitedForOnlyWhereNobodyElseIsLeft() {
    Attempt away = failed("cloud", Failure.AWAY);
    assertThat(next(Map.of(), false, away)).map(Next::target).contains("local");
    Optional<Next> again = next(Map.of(), false, away, failed("local", Failure.BROKEN));
    assertThat(again).map(Next::target).contains("cloud");
    List<Attempt> soFar = new ArrayList<>(List.of(failed("local", Failure.REFUSED)));
    Duration rested = Duration.ZERO;
    for (Optional<Next> next = next(Map.of(), false, soFar.toArray(Attempt[]::new));
        next.isPresent();
        next = next(Map.of(), false, soFar.toArray(Attempt[]::new))) {
      rested = rested.plus(next.get().rest());
      soFar.add(away);
    }
    assertThat(rested).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  @Test
  void whatWasCutOffIsSentOnceMoreWhenWhoDiedOverItIsBack() {
    Attempt cut = failed("local", Failure.CUT);
    Attempt away = failed("local", Failure.AWAY);
    Attempt other = failed("cloud", Failure.BROKEN);
    assertThat(next(Map.of(), false, other, cut)).map(Next::target).contains("local");
    assertThat(next(Map.of(), false, other, cut, away, away)).map(Next::target).contains("local");
    assertThat(next(Map.of(), false, other, cut, away, cut)).isEmpty();
  }

  @Test
  void aTargetThatAskedForRestIsLeftAlone() {
    Attempt limited = new Attempt("cloud", Failure.PASSING, Optional.of(Duration.ofSeconds(5)));
    assertThat(next(Map.of(), false, limited)).map(Next::target).contains("local");
    Map<String, TargetState> cooling =
        Map.of("cloud", new TargetState(false, Optional.of(NOW.plusSeconds(5))));
    assertThat(next(cooling, false)).map(Next::target).contains("local");
    Map<String, TargetState> open = Map.of("cloud", new TargetState(true, Optional.empty()));
    assertThat(next(open, false)).map(Next::target).contains("local");
  }

  @Test
  void nothingIsTriedAgainOnceAPartWasPassedOn() {
    assertThat(next(Map.of(), true, failed("cloud", Failure.PASSING))).isEmpty();
  }

  @Test
  void nobodyIsLeftInTheEnd() {
    assertThat(
            next(Map.of(), false, failed("cloud", Failure.BROKEN), failed("local", Failure.BROKEN)))
        .isEmpty();
  }
}
