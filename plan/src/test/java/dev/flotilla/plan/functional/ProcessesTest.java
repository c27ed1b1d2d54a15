package dev.flotilla.plan.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.plan.Task;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import dev.flotilla.plan.store.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProcessesTest {
  @TempDir Path folder;

  private PlanStore store() {
    return new PlanStore(
        folder, new ForcedDisk(), Clock.systemUTC(), new Random(1), PlanStore.WAIT);
  }

  @BeforeEach
  void plan() {
    store().create("p", "ana", "## PHASE 0: a\n", List.of());
  }

  private Process start(String name, int count) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            ChildWriter.class.getName(),
            folder.toString(),
            name,
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Set<String> tasks() {
    Stored stored = store().read("p");
    assertThat(stored.plan().problems()).isEmpty();
    Set<String> tasks = new HashSet<>();
    stored.plan().phases().getFirst().tasks().stream().map(Task::text).forEach(tasks::add);
    return tasks;
  }

  @Test
  void processesFightingForOnePlanAllGetTheirTurn() throws IOException, InterruptedException {
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(start("w" + i, 25));
    }
    for (Process writer : writers) {
      assertThat(writer.inputReader().lines()).hasSize(25);
      assertThat(writer.waitFor()).isZero();
    }
    assertThat(tasks()).hasSize(100);
    assertThat(store().read("p").log().events()).hasSize(100);
  }

  @Test
  void killedAtAnyMomentNothingAcknowledgedIsLost() throws IOException, InterruptedException {
    Random random = new Random(4);
    Set<String> acknowledged = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Process writer = start("k" + i, 100_000);
      try (BufferedReader out = writer.inputReader()) {
        acknowledged.add(String.valueOf(out.readLine()));
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        writer.toHandle().destroyForcibly();
        writer.waitFor();
        out.lines().forEach(acknowledged::add);
      }
      Set<String> kept = tasks();
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(kept);
      // A last line cut off by the kill is no acknowledgement of that whole word.
      lost.removeIf(word -> kept.stream().anyMatch(other -> other.startsWith(word)));
      assertThat(lost).isEmpty();
    }
  }
}
