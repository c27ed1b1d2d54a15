package dev.flotilla.plan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.markdown.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
  @TempDir Path folder;

  private PlanStore store(Disk disk) {
    return new PlanStore(folder, disk, Clock.systemUTC(), new Random(3), Duration.ofSeconds(30));
  }

  private static Change<Boolean> tick(Stored now, int number) {
    Phase phase = now.plan().phases().getFirst();
    return new Change<>(
        Edits.addTask(now.plan(), phase, "task " + number), List.of(Draft.of(Kind.ADDED)), true);
  }

  @Test
  void createsReadsAndChanges() {
    PlanStore store = store(new ForcedDisk());
    store.create("build-faster", "ana", Samples.FULL, List.of(Draft.of(Kind.CREATED)));
    store.change("build-faster", "bo", now -> tick(now, 1));
    Stored stored = store.read("build-faster");
    assertThat(stored.plan().phases().getFirst().tasks()).hasSize(1);
    assertThat(stored.log().events()).extracting(e -> e.who()).containsExactly("ana", "bo");
    assertThatThrownBy(() -> store.create("build-faster", "ana", "", List.of()))
        .isInstanceOf(PlanRefused.class)
        .hasMessageContaining("a plan with the id");
  }

  @Test
  void keepsEveryWriteOfTwentyWriters() throws InterruptedException, ExecutionException {
    PlanStore first = store(new ForcedDisk());
    PlanStore second = store(new ForcedDisk());
    first.create("p", "ana", "## PHASE 0: a\n", List.of());
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        PlanStore store = i % 2 == 0 ? first : second;
        done.add(writers.submit(() -> store.change("p", "w", now -> tick(now, number))));
      }
      for (Future<Boolean> one : done) {
        assertThat(one.get()).isTrue();
      }
    }
    Stored stored = first.read("p");
    assertThat(stored.plan().phases().getFirst().tasks()).hasSize(100);
    assertThat(stored.log().events()).hasSize(100);
    Set<Long> sequences = new HashSet<>();
    stored.log().events().forEach(e -> sequences.add(e.sequence()));
    assertThat(sequences).hasSize(100);
  }

  @Test
  void changesNothingWhenTheDiskIsFull() {
    store(new ForcedDisk()).create("p", "ana", "## PHASE 0: a\n", List.of());
    PlanStore full = store(new FailingDisk("No space left on device", folder.resolve("p.md")));
    assertThatThrownBy(() -> full.change("p", "ana", now -> tick(now, 1)))
        .isInstanceOfSatisfying(
            PlanRefused.class,
            e -> assertThat(e.problems().getFirst().advice()).contains("nothing was changed"));
    assertThat(full.read("p").log().events()).isEmpty();
    assertThat(full.read("p").plan().text()).isEqualTo("## PHASE 0: a\n");
  }

  @Test
  void saysThatTheFolderIsReadOnly() {
    store(new ForcedDisk()).create("p", "ana", "## PHASE 0: a\n", List.of());
    PlanStore readOnly =
        store(new FailingDisk("Read-only file system", folder.resolve("p.events.jsonl")));
    assertThatThrownBy(() -> readOnly.change("p", "ana", now -> tick(now, 1)))
        .hasMessageContaining("read-only");
    assertThat(readOnly.list()).hasSize(1);
  }

  @Test
  void editsNoDamagedFile() throws IOException {
    store(new ForcedDisk()).create("p", "ana", "## PHASE 0: a\n<<<<<<< x\n", List.of());
    assertThatThrownBy(() -> store(new ForcedDisk()).change("p", "ana", now -> tick(now, 1)))
        .hasMessageContaining("merge marker");
    assertThat(Files.readString(folder.resolve("p.md"))).isEqualTo("## PHASE 0: a\n<<<<<<< x\n");
  }

  @Test
  void findsAPlanByItsBeginningOrItsEnd() {
    PlanStore store = store(new ForcedDisk());
    store.create("20261120-build-k3f9x", "a", "", List.of());
    store.create("20261120-test-abcde", "a", "", List.of());
    assertThat(store.find("20261120-b")).isEqualTo("20261120-build-k3f9x");
    assertThat(store.find("abcde")).isEqualTo("20261120-test-abcde");
    assertThatThrownBy(() -> store.find("20261120")).hasMessageContaining("2 plans");
    assertThatThrownBy(() -> store.find("20261120-tst-abcde"))
        .isInstanceOfSatisfying(
            PlanRefused.class,
            e ->
                assertThat(e.problems().getFirst().expected())
                    .isEqualTo("an id such as 20261120-test-abcde"));
  }

  @Test
  void theIndexNoticesEveryChange() throws IOException {
    PlanStore store = store(new ForcedDisk());
    for (int i = 0; i < 20; i++) {
      store.create("p" + i, "ana", "---\nid: p" + i + "\n---\n## PHASE 0: a\n", List.of());
    }
    assertThat(store.list()).hasSize(20);
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      String file = "p" + random.nextInt(20);
      store.change(
          file,
          "ana",
          now -> {
            Plan plan = now.plan();
            Phase phase = plan.phases().getFirst();
            return new Change<>(Edits.markPhase(plan, phase, !phase.done()), List.of(), true);
          });
      for (PlanEntry entry : store.list()) {
        boolean done = store.read(entry.file()).plan().phases().getFirst().done();
        assertThat(entry.phases().getFirst().done()).isEqualTo(done);
      }
    }
    store.remove("p3", true);
    assertThat(store.list()).hasSize(19);
    assertThat(folder.resolve("archive/p3.md")).exists();
    Files.write(folder.resolve(".flotilla/index"), new byte[] {1, 2, 3});
    assertThat(store.list()).hasSize(19);
  }
}
