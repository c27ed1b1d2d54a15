package dev.flotilla.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates that look at the world, with the world as it is. */
@Tag("slow")
final class PlanGatesTest {
  @TempDir Path directory = Path.of("");

  private Run plan(String... words) {
    List<String> all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of(words));
    return Run.in(directory, all.toArray(String[]::new));
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void aScanShutsTheGateUntilItFindsNothing() throws IOException {
    write("plans/p.md", "## PHASE 0: a\n```gate\nscan: no findings >= high\n```\n");
    write("agent.py", "try:\n    go()\nexcept:\n    pass\n");
    Run refused = plan("done", "p", "0");
    assertThat(refused.code()).isOne();
    assertThat(refused.err())
        .contains("findings at high or above")
        .contains("see flotilla scan, mend them, scan again");
    write("agent.py", "go()\n");
    assertThat(plan("done", "p", "0").out()).contains("PHASE 0: a (verified)");
  }

  @Test
  void aSeverityThatIsNoneIsNamed() throws IOException {
    write("plans/p.md", "## PHASE 0: a\n```gate\nscan: no findings >= grave\n```\n");
    assertThat(plan("done", "p", "0").err())
        .contains("the severity grave")
        .contains("critical, high, medium or low");
  }

  @Test
  void withoutAFleetItsConditionsStayOpen() throws IOException {
    write(
        "plans/p.md",
        "## PHASE 0: a\n```gate\nhealthy: all for 1 min\nmetric: up.seconds <= 3\n```\n");
    assertThat(plan("done", "p", "0").err())
        .contains("no fleet with required agents runs here")
        .contains("no such metric from the fleet");
  }

  /** Says 95 % six times and is right three times: counts as 50 %. */
  @Test
  void aConfidenceCountsAsMuchAsItsOwnerWasRight() throws IOException {
    StringBuilder past = new StringBuilder();
    for (int phase = 0; phase < 6; phase++) {
      past.append("## PHASE ").append(phase).append(": p").append(phase).append("\nNeeds: none\n");
    }
    write("plans/past.md", past.toString());
    for (int phase = 0; phase < 6; phase++) {
      plan("done", "past", "" + phase, "--confidence", "95", "--as", "bo");
      if (phase % 2 == 0) {
        plan("undo", "past", "" + phase, "--reason", "wrong", "--as", "ana");
      }
    }
    assertThat(plan("calibration").out()).contains("bo says 95 %, is right 50 %");
    write("plans/now.md", "## PHASE 0: a\n```gate\nconfidence >= 90 % calibrated\n```\n");
    assertThat(plan("done", "now", "0", "--confidence", "95", "--as", "bo").err())
        .contains("95 % stated, counts as 50 %, below 90 %");
    assertThat(plan("done", "now", "0", "--confidence", "95", "--as", "new").code()).isZero();
  }
}
