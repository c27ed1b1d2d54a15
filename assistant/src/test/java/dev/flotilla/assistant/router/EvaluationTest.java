package dev.flotilla.assistant.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.assistant.router.Evaluation.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Claims are earned on requests they were not made from. */
final class EvaluationTest {

  /** The first number of the text is its direction. */
  private static List<float[]> direction(List<String> texts) {
    return texts.stream()
        .map(text -> Float.parseFloat(text.split(" ")[0]))
        .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
        .toList();
  }

  private static TaskClass task(String name, List<Pattern> patterns, String example) {
    return new TaskClass(
        name,
        patterns,
        List.of(example),
        List.of("t"),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatIsClaimedIsWhatHappens() {
    Policy policy =
        new Policy(
            List.of(
                task("low", List.of(Pattern.compile("rule")), "0.0"),
                task("high", List.of(), "1.5")),
            "low",
            0);
    Random random = new Random(5);
    List<Labelled> requests = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double angle = random.nextDouble() * 1.5;
      boolean high = random.nextDouble() < angle / 1.5;
      requests.add(new Labelled(Double.toString(angle), high ? "high" : "low"));
    }
    requests.add(new Labelled("0.1 rule", "low"));
    Evaluation evaluation =
        Evaluation.of(requests, policy, new Examples(policy, EvaluationTest::direction));
    assertThat(evaluation.reliability().error()).isCloseTo(0, within(0.05));
    assertThat(Objects.requireNonNull(evaluation.decided().get("a rule")).right()).isEqualTo(1);
    assertThat(evaluation.calibration().slope()).isLessThan(Calibration.START.slope());
    assertThat(evaluation.before().error()).isGreaterThan(evaluation.reliability().error());
    assertThat(evaluation.calibration().tasks()).isEqualTo(policy.fingerprint());
    assertThat(evaluation.mistakes()).hasSize(20);
  }
}
