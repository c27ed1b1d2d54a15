package dev.flotilla.plan.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
  private final Plan plan = PlanReader.read("build-faster", Samples.FULL);

  @Test
  void readsFrontMatter() {
    assertThat(plan.id()).isEqualTo("build-faster");
    assertThat(plan.description()).isEqualTo("Build: faster");
    assertThat(plan.status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(plan.owner()).isEqualTo("ana");
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void readsPhasesWithMarksAndNeeds() {
    assertThat(plan.phases()).extracting(Phase::index).containsExactly(0, 1, 2);
    assertThat(plan.phases()).extracting(Phase::done).containsExactly(true, false, false);
    assertThat(plan.phases())
        .extracting(Phase::headline)
        .containsExactly(
            "PHASE 0: SETUP & PROTOCOL (READ FIRST)",
            "PHASE 1: Build the images",
            "PHASE 2: Deploy");
    assertThat(plan.phases().get(1).needs().stated()).isTrue();
    assertThat(plan.phases().get(2).needs().phases()).containsExactly(0, 1);
    assertThat(plan.missing(plan.phases().get(1))).isEmpty();
    assertThat(plan.missing(plan.phases().get(2))).extracting(Phase::index).containsExactly(1);
  }

  @Test
  void readsTasksByPath() {
    List<Task> tasks = plan.phases().get(1).tasks();
    assertThat(tasks).extracting(Task::path).containsExactly("1", "2", "2.1", "2.2", "3");
    assertThat(tasks)
        .extracting(Task::mark)
        .containsExactly(Mark.DONE, Mark.OPEN, Mark.OPEN, Mark.DONE, Mark.NONE);
  }

  @Test
  void readsBlocksByRole() {
    Phase phase = plan.phases().get(1);
    assertThat(phase.blocks(Block.Role.STEP))
        .extracting(Block::code)
        .containsExactly("echo \"<task_id> <PHASE_INDEX>\"\n", "printf 'two\\n'\n  exit 0\n");
    assertThat(phase.blocks(Block.Role.ROLLBACK)).hasSize(1);
    assertThat(phase.blocks(Block.Role.CONCLUDING)).hasSize(1);
    assertThat(phase.blocks(Block.Role.ARTEFACT)).hasSize(1);
    assertThat(phase.blocks(Block.Role.GATE).getFirst().code())
        .isEqualTo("command: true\nconfidence >= 90 %\n");
  }

  @Test
  void readsNoteToItsEnd() {
    assertThat(plan.phases().get(1).note()).isEqualTo("Images carry all else.\n- Second line.");
  }

  @Test
  void closesAnOpenCodeBlockAtTheNextPhase() {
    Plan half = PlanReader.read("x", "## PHASE 0: a\n```bash\nrm -rf x\n## PHASE 1: b\n");
    assertThat(half.phases()).hasSize(2);
    assertThat(half.phases().getFirst().blocks(Block.Role.STEP)).isEmpty();
    assertThat(half.problems()).hasSize(1);
  }

  @Test
  void namesTheLineOfMalformedFrontMatter() {
    Plan broken = PlanReader.read("x", "---\nid: x\nnonsense\n---\n\n## PHASE 0: a\n");
    Problem problem = broken.damage().orElseThrow();
    assertThat(problem.where()).hasToString("x.md:3");
    assertThat(problem.found()).contains("nonsense");
    assertThat(broken.phases()).hasSize(1);
  }

  @Test
  void saysThatFrontMatterIsNotClosed() {
    Plan broken = PlanReader.read("x", "---\nid: x\nstatus: in_progress");
    assertThat(broken.damage().orElseThrow().found()).contains("not closed");
  }

  @Test
  void refusesMergeMarkers() {
    Plan merged = PlanReader.read("x", "## PHASE 0: a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> t\n");
    assertThat(merged.damage().orElseThrow().where().line()).isEqualTo(2);
  }

  @Test
  void refusesTheSameNumberTwice() {
    Plan twice = PlanReader.read("x", "## PHASE 1: a\n## PHASE 1: b\n");
    assertThat(twice.damage().orElseThrow().found()).contains("PHASE 1 a second time");
  }

  @Test
  void readsWindowsLineEndsAndByteOrderMark() {
    String windows = "\uFEFF" + Samples.FULL.replace("\n", "\r\n");
    Plan same = PlanReader.read("x", windows.getBytes(StandardCharsets.UTF_8));
    assertThat(same.problems()).isEmpty();
    assertThat(same.id()).isEqualTo("build-faster");
    assertThat(same.phases()).extracting(Phase::done).containsExactly(true, false, false);
    assertThat(same.phases().get(1).blocks(Block.Role.STEP).get(1).code())
        .isEqualTo("printf 'two\\n'\n  exit 0\n");
  }

  @Test
  void namesTheLineOfBytesThatAreNotText() {
    byte[] bytes = "## PHASE 0: a\nx\n".getBytes(StandardCharsets.UTF_8);
    bytes[14] = (byte) 0xC3;
    Plan cut = PlanReader.read("x", bytes);
    assertThat(cut.damage().orElseThrow().where().line()).isEqualTo(2);
    assertThat(cut.phases()).hasSize(1);
  }

  @Test
  void readsAPhaseOfFiveMegabytes() {
    String line = "word ".repeat(20) + "\n";
    String big =
        "## PHASE 0: big\n" + line.repeat(50_000) + "x".repeat(200_000) + "\n## PHASE 1: b\n";
    Plan plan = PlanReader.read("x", big);
    assertThat(plan.phases()).hasSize(2);
    assertThat(plan.phases().getFirst().body().end()).isGreaterThan(5_000_000);
  }
}
