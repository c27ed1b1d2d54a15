package dev.flotilla.plan.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanMergeTest {
  private static final String BASE =
      """
      ---
      id: p
      description: words
      status: in_progress
      owner: ana
      ---

      ## PHASE 0: a
      **Tasks:**
      1. [ ] one
      2. [ ] two

      ## PHASE 1: b
      """;

  @Test
  void mergesMarksOnNeighbouringLines() {
    PlanMerge merge =
        PlanMerge.of(BASE, BASE.replace("[ ] one", "[x] one"), BASE.replace("[ ] two", "[x] two"));
    assertThat(merge.conflicts()).isZero();
    assertThat(merge.text()).isEqualTo(BASE.replace("[ ]", "[x]"));
  }

  @Test
  void mergesAMarkWithAnotherText() {
    PlanMerge merge =
        PlanMerge.of(BASE, BASE.replace("[ ] one", "[x] one"), BASE.replace("[ ] one", "[ ] won"));
    assertThat(merge).isEqualTo(new PlanMerge(BASE.replace("[ ] one", "[x] won"), 0));
  }

  @Test
  void mergesNeighbouringValues() {
    String ours = BASE.replace("status: in_progress", "status: completed");
    String theirs = BASE.replace("owner: ana", "owner: bo");
    assertThat(PlanMerge.of(BASE, ours, theirs))
        .isEqualTo(new PlanMerge(ours.replace("owner: ana", "owner: bo"), 0));
  }

  @Test
  void keepsWhatBothAddedAndNumbersItAnew() {
    PlanMerge merge =
        PlanMerge.of(BASE, BASE + "\n## PHASE 2: ours\n", BASE + "\n## PHASE 2: theirs\n");
    Plan plan = PlanReader.read("p", merge.text());
    assertThat(plan.phases())
        .extracting(Phase::headline)
        .containsExactly("PHASE 0: a", "PHASE 1: b", "PHASE 2: ours", "PHASE 3: theirs");
    assertThat(merge.conflicts()).isZero();
  }

  @Test
  void marksWhatBothChangedDifferently() {
    PlanMerge merge =
        PlanMerge.of(
            BASE,
            BASE.replace("status: in_progress", "status: completed"),
            BASE.replace("status: in_progress", "status: interrupted"));
    assertThat(merge.conflicts()).isOne();
    assertThat(merge.text()).contains("completed", "interrupted", "<<<<<<< ours");
    assertThat(PlanReader.read("p", merge.text()).damage()).isPresent();
  }

  @Test
  void losesNothingOfAHundredRandomEditsOnEachOfTwoBranches() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      StringBuilder start = new StringBuilder(BASE);
      for (int k = 2; k < 20; k++) {
        start
            .append("\n## PHASE ")
            .append(k)
            .append(": phase ")
            .append(k)
            .append("\n1. [ ] t")
            .append(k)
            .append("\n2. [ ] u")
            .append(k)
            .append('\n');
      }
      String base = start.toString();
      Map<String, Object> wanted = new HashMap<>();
      Set<String> both = new HashSet<>();
      String ours = branch(base, "ours", random, wanted, both);
      String theirs = branch(base, "theirs", random, wanted, both);
      PlanMerge merge = PlanMerge.of(base, ours, theirs);
      Plan plan = PlanReader.read("p", merge.text());
      assertThat(merge.conflicts()).as("seed " + seed).isLessThanOrEqualTo(both.size());
      Set<Integer> indices = new HashSet<>();
      plan.phases().forEach(p -> assertThat(indices.add(p.index())).isTrue());
      Map<String, Object> found = new HashMap<>();
      for (Phase phase : plan.phases()) {
        found.put(phase.title(), phase.done());
        for (Task task : phase.tasks()) {
          found.put(task.text(), task.mark() == Mark.DONE);
        }
      }
      assertThat(found).as("seed " + seed).containsAllEntriesOf(wanted);
    }
  }

  /**
   * A hundred edits; what they leave goes to {@code wanted}, conflicting owners to {@code both}.
   */
  private static String branch(
      String base, String name, Random random, Map<String, Object> wanted, Set<String> both) {
    String text = base;
    for (int i = 0; i < 100; i++) {
      Plan plan = PlanReader.read("p", text);
      Phase phase = plan.phases().get(random.nextInt(plan.phases().size()));
      List<Task> tasks = new ArrayList<>(phase.tasks());
      text =
          switch (random.nextInt(6)) {
            case 0, 1 -> {
              wanted.put(phase.title(), true);
              yield Edits.markPhase(plan, phase, true);
            }
            case 2, 3 -> {
              if (tasks.isEmpty()) {
                yield text;
              }
              Task task = tasks.get(random.nextInt(tasks.size()));
              wanted.put(task.text(), true);
              yield Edits.markTask(plan, task, Mark.DONE);
            }
            case 4 -> {
              wanted.putIfAbsent(name + " task " + i, false);
              yield Edits.addTask(plan, phase, name + " task " + i);
            }
            default -> {
              if (random.nextInt(4) == 0) {
                wanted.putIfAbsent(name + " phase " + i, false);
                yield Edits.addPhase(plan, name + " phase " + i, "");
              }
              both.add("owner");
              yield Edits.front(plan, "owner", name + i);
            }
          };
    }
    return text;
  }
}
