package dev.flotilla.plan.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Task;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EditsTest {
  private static Plan read(String text) {
    return PlanReader.read("x", text);
  }

  @Test
  void marksAPhaseAndBackToTheByte() {
    for (String text : List.of(Samples.FULL, "\uFEFF" + Samples.FULL.replace("\n", "\r\n"))) {
      Plan plan = read(text);
      for (Phase phase : plan.phases()) {
        String marked = Edits.markPhase(plan, phase, !phase.done());
        Plan after = read(marked);
        assertThat(after.phase(phase.index()).orElseThrow().done()).isEqualTo(!phase.done());
        String back =
            Edits.markPhase(after, after.phase(phase.index()).orElseThrow(), phase.done());
        assertThat(back).isEqualTo(text);
      }
    }
  }

  @Test
  void ticksATaskWithoutABox() {
    Plan plan = read(Samples.FULL);
    Task third = plan.phases().get(1).tasks().getLast();
    assertThat(Edits.markTask(plan, third, Mark.DONE))
        .isEqualTo(Samples.FULL.replace("3. Verify", "3. [x] Verify"));
  }

  @Test
  void ticksABoldNumberedLine() {
    Plan plan = read("## PHASE 1: a\n**Tasks:**\n**1. Find it:**\n*   here\n");
    Task first = plan.phases().getFirst().tasks().getFirst();
    String ticked = Edits.markTask(plan, first, Mark.DONE);
    assertThat(ticked).contains("\n[x] **1. Find it:**\n");
    assertThat(read(ticked).phases().getFirst().tasks().getFirst().mark()).isEqualTo(Mark.DONE);
  }

  @Test
  void setsAndAddsFrontMatter() {
    Plan plan = read(Samples.FULL);
    assertThat(Edits.front(plan, "status", "completed"))
        .isEqualTo(Samples.FULL.replace("status: in_progress", "status: completed"));
    assertThat(Edits.front(plan, "team", "a: b"))
        .isEqualTo(Samples.FULL.replace("# kept\n---", "# kept\nteam: \"a: b\"\n---"));
    assertThat(read(Edits.front(read("x\n"), "status", "new")).status()).isEqualTo("new");
  }

  @Test
  void addsPhasesAndTasks() {
    Plan plan = read(Samples.FULL);
    Plan more = read(Edits.addPhase(plan, "Measure", "**Tasks:**\n1. [ ] time it"));
    assertThat(more.phases()).hasSize(4);
    assertThat(more.phases().getLast().index()).isEqualTo(3);
    Plan task = read(Edits.addTask(more, more.phases().getLast(), "and again"));
    assertThat(task.phases().getLast().tasks())
        .extracting(Task::text)
        .containsExactly("time it", "and again");
    Plan fresh = read(Edits.addTask(plan, plan.phases().getLast(), "first"));
    assertThat(fresh.phases().getLast().tasks()).hasSize(1);
  }

  @Test
  void anEditChangesNothingElse() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      String text = randomPlan(random);
      Plan plan = read(text);
      Phase phase = plan.phases().get(random.nextInt(plan.phases().size()));
      String after = Edits.markPhase(plan, phase, !phase.done());
      List<String> before = text.lines().toList();
      List<String> now = after.lines().toList();
      assertThat(now).hasSameSizeAs(before);
      for (int line = 0; line < before.size(); line++) {
        if (line != phase.line() - 1) {
          assertThat(now.get(line)).isEqualTo(before.get(line));
        }
      }
    }
  }

  private static String randomPlan(Random random) {
    String[] lines = {
      "words",
      "",
      "```bash",
      "```",
      "1. [ ] a",
      "   - [x] b",
      "**Tasks:**",
      "IMPORTANT NOTE: c",
      "> quote",
      "ünïcödé ✔",
      "\ttab",
      "---",
      "Needs: none",
      "~~~",
      "# other",
      "### Tasks",
      "* [ ]"
    };
    String newline = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder out = new StringBuilder(random.nextBoolean() ? "" : "\uFEFF");
    if (random.nextBoolean()) {
      out.append("---")
          .append(newline)
          .append("id: a")
          .append(newline)
          .append("---")
          .append(newline);
    }
    int phases = 1 + random.nextInt(4);
    for (int k = 0; k < phases; k++) {
      String[] marks = {"", " ✔", " [x]", " [ ]", " ✗"};
      out.append("## PHASE ")
          .append(k)
          .append(": t")
          .append(marks[random.nextInt(5)])
          .append(newline);
      for (int i = random.nextInt(12); i > 0; i--) {
        out.append(lines[random.nextInt(lines.length)]).append(newline);
      }
    }
    return out.toString();
  }
}
