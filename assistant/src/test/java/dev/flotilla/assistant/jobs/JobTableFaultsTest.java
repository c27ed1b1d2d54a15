package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobTableFaultsTest extends JobTableCase {
  @Test
  void whatWasSubmittedIsThereAfterARestart() throws Exception {
    Job job = submit(work("hello"));
    jobs.close();
    jobs = table();
    assertThat(jobs.find(job.id())).contains(job);
  }

  /**
   * A lease need not outlive a loss of power: the job is given again, and the old lease is void.
   */
  @Test
  void whatALossOfPowerUndoesIsGivenAgainAndHasOneResult() throws Exception {
    Job job = submit(work("x"));
    Path saved = folder.resolve("as-it-was-flushed");
    Files.createDirectories(saved);
    for (String name : List.of("jobs.db", "jobs.db-wal")) {
      Files.copy(folder.resolve(name), saved.resolve(name));
    }
    Lease undone = claim();
    jobs.close();
    jobs = new JobTable(new Database.Sqlite(saved.resolve("jobs.db")), () -> now, new Random(8));
    assertThatThrownBy(() -> jobs.complete(job.id(), undone.token(), new TextNode("first")))
        .isInstanceOf(LeaseLost.class);
    Lease again = claim();
    assertThat(again.job().id()).isEqualTo(job.id());
    assertThat(jobs.complete(job.id(), again.token(), new TextNode("second")).getFirst().result())
        .contains(new TextNode("second"));
  }

  /** Every answer that was given holds after the disk is full, and after it has room again. */
  @Test
  void aFullDiskLosesNothingThatWasAnswered() throws Exception {
    Job before = submit(work("before"));
    pages(1);
    Set<String> kept = Collections.synchronizedSet(new HashSet<>(Set.of(before.id())));
    Set<String> refused = Collections.synchronizedSet(new HashSet<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String payload = "x".repeat(i % 3 == 0 ? 20_000 : 10);
        var _ =
            threads.submit(
                () -> {
                  try {
                    return kept.add(submit(work(payload)).id());
                  } catch (JobsUnavailable e) {
                    return refused.add(String.valueOf(e.getMessage()));
                  }
                });
      }
    }
    assertThat(refused).isNotEmpty().allMatch(m -> m.contains("database or disk is full"));
    assertThat(ids()).isEqualTo(kept);
    pages(1_000_000);
    kept.add(submit(work("after")).id());
    jobs.close();
    jobs = table();
    assertThat(ids()).isEqualTo(kept);
  }

  /** SQLite's own way to meet a full disk: it takes no more pages than it has when that is more. */
  private void pages(int most) {
    var _ = jobs.ledger().write(c -> Sql.query(c, row -> "", "PRAGMA max_page_count = " + most));
  }

  @Test
  void aFaultInOneTransactionHarmsNobodyElse() {
    assertThatThrownBy(
            () ->
                jobs.ledger()
                    .write(
                        connection -> {
                          throw new StackOverflowError("too deep");
                        }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(submit(work("after")).state()).isEqualTo(JobState.QUEUED);
  }

  private Set<String> ids() {
    return jobs.list(Optional.empty(), Optional.empty(), 1_000).stream()
        .map(Job::id)
        .collect(Collectors.toSet());
  }
}
