package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTableTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private JobTable jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = table();
  }

  private JobTable table() throws Exception {
    return new JobTable(new Database.Sqlite(folder.resolve("jobs.db")), () -> now, new Random(7));
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  private Submission work(String payload) {
    return Submission.of("mail", new TextNode(payload), now);
  }

  private Job submit(Submission submission) {
    return jobs.submit(List.of(submission)).getFirst();
  }

  private Lease claim() {
    return jobs.claim(List.of("mail"), "w1", LEASE, 1, Map.of()).getFirst();
  }

  private List<Lease> claimAll() {
    return jobs.claim(List.of("mail"), "w1", LEASE, 100, Map.of());
  }

  private static Submission with(
      Submission s,
      int priority,
      Instant runAt,
      int attempts,
      Optional<String> key,
      List<String> needs) {
    return new Submission(
        s.kind(), s.payload(), priority, runAt, attempts, s.backoff(), s.keepFor(), key, needs);
  }

  @Test
  void aJobIsTakenDoneAndKeepsItsResult() {
    Job job = submit(work("hello"));
    assertThat(job.state()).isEqualTo(JobState.QUEUED);
    Lease lease = claim();
    assertThat(lease.job().id()).isEqualTo(job.id());
    assertThat(claimAll()).isEmpty();
    jobs.renew(job.id(), lease.token(), LEASE, Optional.of(0.5), Optional.of("half"));
    assertThat(jobs.find(job.id()).orElseThrow().progress()).contains(0.5);
    Job done = jobs.complete(job.id(), lease.token(), new TextNode("sent")).getFirst();
    assertThat(done.state()).isEqualTo(JobState.DONE);
    assertThat(done.result()).contains(new TextNode("sent"));
  }

  @Test
  void whatWasSubmittedIsThereAfterARestart() throws Exception {
    Job job = submit(work("hello"));
    jobs.close();
    jobs = table();
    assertThat(jobs.find(job.id())).contains(job);
  }

  @Test
  void oneKeyIsOneJob() {
    Submission once = with(work("a"), 0, now, 5, Optional.of("invoice-7"), List.of());
    Job first = submit(once);
    assertThat(submit(once).id()).isEqualTo(first.id());
    Lease lease = claim();
    jobs.complete(first.id(), lease.token(), new TextNode("r"));
    assertThat(submit(once).result()).contains(new TextNode("r"));
  }

  @Test
  void moreImportantAndEarlierWorkGoesFirst() {
    Job late = submit(with(work("late"), 0, now.plusSeconds(60), 5, Optional.empty(), List.of()));
    Job plain = submit(work("plain"));
    Job urgent = submit(with(work("urgent"), 9, now, 5, Optional.empty(), List.of()));
    assertThat(claimAll()).extracting(l -> l.job().id()).containsExactly(urgent.id(), plain.id());
    assertThat(jobs.nextTurn()).contains(now.plusSeconds(60));
    now = now.plusSeconds(60);
    assertThat(claim().job().id()).isEqualTo(late.id());
  }

  @Test
  void aFailureIsTriedAgainLaterAndLaterAndThenIsDead() {
    Job job = submit(with(work("x"), 0, now, 3, Optional.empty(), List.of()));
    List<Long> rests = new ArrayList<>();
    for (int attempt = 1; attempt <= 3; attempt++) {
      Lease lease = claim();
      Job failed = jobs.fail(job.id(), lease.token(), "no route", true);
      if (attempt < 3) {
        assertThat(failed.state()).isEqualTo(JobState.QUEUED);
        rests.add(Duration.between(now, failed.runAt()).toMillis());
        assertThat(claimAll()).isEmpty();
        now = failed.runAt();
      } else {
        assertThat(failed.state()).isEqualTo(JobState.DEAD);
        assertThat(failed.error()).contains("no route");
      }
    }
    assertThat(rests.get(0)).isBetween(800L, 1000L);
    assertThat(rests.get(1)).isBetween(1600L, 2000L);
    assertThat(jobs.replay(job.id()).state()).isEqualTo(JobState.QUEUED);
    assertThat(claim().job().attempts()).isEqualTo(1);
  }

  @Test
  void aWorkerThatIsNotHeardOfLosesTheJobAndIsNotHeardLater() {
    Job job = submit(work("x"));
    Lease first = claim();
    now = now.plus(LEASE).plusMillis(1);
    assertThat(jobs.expire()).extracting(Job::id).containsExactly(job.id());
    now = now.plusSeconds(2);
    Lease second = claim();
    assertThatThrownBy(() -> jobs.complete(job.id(), first.token(), new TextNode("stale")))
        .isInstanceOf(LeaseLost.class)
        .hasMessageContaining(job.id());
    assertThat(jobs.complete(job.id(), second.token(), new TextNode("fresh")).getFirst().result())
        .contains(new TextNode("fresh"));
  }

  @Test
  void dependentsGoWhenAllTheyNeedIsDone() {
    Job a = submit(work("a"));
    Job b = submit(work("b"));
    Job c = submit(with(work("c"), 0, now, 5, Optional.empty(), List.of(a.id(), b.id())));
    assertThat(c.state()).isEqualTo(JobState.BLOCKED);
    List<Lease> leases = claimAll();
    assertThat(leases).hasSize(2);
    jobs.complete(leases.get(0).job().id(), leases.get(0).token(), new TextNode(""));
    assertThat(claimAll()).isEmpty();
    jobs.complete(leases.get(1).job().id(), leases.get(1).token(), new TextNode(""));
    assertThat(claim().job().id()).isEqualTo(c.id());
  }

  @Test
  void callingOneOffCallsOffWhatNeedsIt() {
    Job a = submit(work("a"));
    Job b = submit(with(work("b"), 0, now, 5, Optional.empty(), List.of(a.id())));
    Lease running = claim();
    jobs.cancel(a.id());
    assertThat(jobs.find(b.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.find(b.id()).orElseThrow().error())
        .contains("needs " + a.id() + ", which was called off");
    assertThatThrownBy(
            () -> jobs.renew(a.id(), running.token(), LEASE, Optional.empty(), Optional.empty()))
        .isInstanceOf(LeaseLost.class);
  }

  @Test
  void noMoreOfAKindRunThanItsLimit() {
    for (int i = 0; i < 5; i++) {
      submit(work("x" + i));
    }
    Map<String, Integer> two = Map.of("mail", 2);
    assertThat(jobs.claim(List.of("mail"), "w", LEASE, 10, two)).hasSize(2);
    assertThat(jobs.claim(List.of("mail"), "w", LEASE, 10, two)).isEmpty();
  }

  @Test
  void aSubmissionIsTakenWholeOrNotAtAll() {
    Submission bad = with(work("b"), 0, now, 5, Optional.empty(), List.of("jnothing"));
    assertThatThrownBy(() -> jobs.submit(List.of(work("a"), bad)))
        .isInstanceOf(UnknownJob.class)
        .hasMessage("there is no job jnothing");
    assertThat(jobs.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void whatEndedLongAgoIsForgotten() {
    Job job = submit(work("x"));
    Lease lease = claim();
    jobs.complete(job.id(), lease.token(), new TextNode(""));
    assertThat(jobs.forget()).isZero();
    now = now.plus(Duration.ofDays(8));
    assertThat(jobs.forget()).isEqualTo(1);
    assertThat(jobs.find(job.id())).isEmpty();
  }

  @Test
  void manyAtOnceTakeEachJobOnce() throws Exception {
    int each = 50;
    Set<String> taken = Collections.synchronizedSet(new HashSet<>());
    try (var scope = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < 8; worker++) {
        String name = "w" + worker;
        var _ =
            scope.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    submit(work(name + i));
                    for (Lease lease : jobs.claim(List.of("mail"), name, LEASE, 1, Map.of())) {
                      assertThat(taken.add(lease.job().id())).isTrue();
                      jobs.complete(lease.job().id(), lease.token(), new TextNode(name));
                    }
                  }
                  return null;
                });
      }
    }
    assertThat(taken).hasSize(8 * each);
    assertThat(jobs.counts()).isEqualTo(Map.of("mail", Map.of(JobState.DONE, 8L * each)));
  }

  @Test
  void aWorkerThatDidNotHearTheAnswerMaySayItAgain() {
    Job job = submit(work("x"));
    Lease lease = claim();
    Job done = jobs.complete(job.id(), lease.token(), new TextNode("first")).getFirst();
    assertThat(jobs.complete(job.id(), lease.token(), new TextNode("again"))).containsExactly(done);
    assertThatThrownBy(() -> jobs.fail(job.id(), lease.token(), "late", true))
        .isInstanceOf(LeaseLost.class);
  }

  @Test
  void whatNeedsAJobThatWasCalledOffIsNotTakenOn() {
    Job off = submit(work("a"));
    jobs.cancel(off.id());
    assertThatThrownBy(
            () -> submit(with(work("b"), 0, now, 5, Optional.empty(), List.of(off.id()))))
        .isInstanceOf(CannotBegin.class)
        .hasMessage("job %s, which it needs, was called off".formatted(off.id()));
    jobs.replay(off.id());
    assertThat(submit(with(work("b"), 0, now, 5, Optional.empty(), List.of(off.id()))).state())
        .isEqualTo(JobState.BLOCKED);
  }

  @Test
  void whatWaitsForADeadJobGoesWhenThatIsReplayedAndDoneAndIsCalledOffWhenItIsForgotten() {
    Job a = submit(with(work("a"), 0, now, 1, Optional.empty(), List.of()));
    Job b = submit(with(work("b"), 0, now, 5, Optional.empty(), List.of(a.id())));
    jobs.fail(a.id(), claim().token(), "no", true);
    assertThat(jobs.find(b.id()).orElseThrow().state()).isEqualTo(JobState.BLOCKED);
    jobs.replay(a.id());
    jobs.fail(a.id(), claim().token(), "no", true);
    now = now.plus(Duration.ofDays(8));
    assertThat(jobs.forget()).isEqualTo(1);
    assertThat(jobs.find(b.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.find(b.id()).orElseThrow().needs()).isEmpty();
  }

  @Test
  void afterAResultIsForgottenItsKeyIsFree() {
    Submission once = with(work("a"), 0, now, 5, Optional.of("k"), List.of());
    Job first = submit(once);
    jobs.complete(first.id(), claim().token(), new TextNode("r"));
    now = now.plus(Duration.ofDays(8));
    jobs.forget();
    assertThat(submit(once).id()).isNotEqualTo(first.id());
  }

  @Test
  void aWorkersOwnFailureCanBeFinal() {
    Job job = submit(work("x"));
    assertThat(jobs.fail(job.id(), claim().token(), "not a file", false).state())
        .isEqualTo(JobState.DEAD);
  }

  @Test
  void ofSeveralKindsTheMostImportantGoesFirstAndAFullKindIsPassedOver() {
    Submission mail = work("m");
    List<Job> all =
        jobs.submit(
            List.of(
                with(mail, 1, now, 5, Optional.empty(), List.of()),
                ofKind("scan", with(mail, 7, now, 5, Optional.empty(), List.of())),
                ofKind("scan", with(mail, 6, now, 5, Optional.empty(), List.of())),
                ofKind("print", with(mail, 3, now, 5, Optional.empty(), List.of()))));
    assertThat(
            jobs.claim(List.of("mail", "scan", "print"), "w1", LEASE, 9, Map.of("scan", 1)).stream()
                .map(lease -> lease.job().id()))
        .containsExactly(all.get(1).id(), all.get(3).id(), all.get(0).id());
  }

  private static Submission ofKind(String kind, Submission s) {
    return new Submission(
        kind,
        s.payload(),
        s.priority(),
        s.runAt(),
        s.maxAttempts(),
        s.backoff(),
        s.keepFor(),
        s.key(),
        s.needs());
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

  private Set<String> ids() {
    return jobs.list(Optional.empty(), Optional.empty(), 1_000).stream()
        .map(Job::id)
        .collect(Collectors.toSet());
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

  @Test
  void aChainOfAnyLengthIsCalledOffAtOnce() {
    int length = 20_000;
    Job first = submit(work("first"));
    var _ =
        jobs.ledger()
            .write(
                c -> {
                  String numbers =
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                          + length
                          + ") ";
                  var _ =
                      Sql.update(
                          c,
                          numbers
                              + """
                              INSERT INTO jobs (id, kind, state, priority, payload, attempts,
                                max_attempts, backoff, created_at, run_at, keep_for)
                                SELECT 'j' || i, kind, 'blocked', 0, payload, 0, 5, 1, created_at,
                                  run_at, keep_for FROM jobs, n\
                              """);
                  return Sql.update(
                      c,
                      numbers
                          + "INSERT INTO job_needs (needs, job) SELECT"
                          + " CASE i WHEN 1 THEN ? ELSE 'j' || (i - 1) END, 'j' || i FROM n",
                      first.id());
                });
    assertThat(jobs.cancel(first.id())).hasSize(length + 1);
    assertThat(jobs.find("j" + length).orElseThrow().error())
        .contains("needs j%d, which was called off".formatted(length - 1));
  }

  @Test
  void aKeyIsKnownAgainWhenWhatItNeededIsForgotten() {
    Submission brief =
        new Submission(
            "mail",
            new TextNode("a"),
            0,
            now,
            5,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());
    Job need = submit(brief);
    Submission keyed = with(work("b"), 0, now, 5, Optional.of("b"), List.of(need.id()));
    Job dependent = submit(keyed);
    jobs.complete(need.id(), claim().token(), new TextNode("done"));
    now = now.plus(Duration.ofMinutes(2));
    assertThat(jobs.forget()).isEqualTo(1);
    assertThat(submit(keyed).id()).isEqualTo(dependent.id());
  }

  @Test
  void whoMovesWithAJobIsNamedAfterIt() {
    Job need = submit(work("a"));
    Job dependent = submit(with(work("b"), 0, now, 5, Optional.empty(), List.of(need.id())));
    List<Job> moved = jobs.complete(need.id(), claim().token(), new TextNode("done"));
    assertThat(moved).extracting(Job::id).containsExactly(need.id(), dependent.id());
    assertThat(moved.getLast().state()).isEqualTo(JobState.QUEUED);
    Job last = submit(with(work("c"), 0, now, 5, Optional.empty(), List.of(dependent.id())));
    assertThat(jobs.cancel(dependent.id()))
        .extracting(Job::id)
        .containsExactly(dependent.id(), last.id());
  }

  @Test
  void whatIsSubmittedTogetherIsDoneInItsOrder() {
    List<Submission> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(work("x" + i));
    }
    List<String> ids = jobs.submit(many).stream().map(Job::id).toList();
    assertThat(jobs.claim(List.of("mail"), "w", LEASE, 200, Map.of()))
        .extracting(lease -> lease.job().id())
        .isEqualTo(ids);
  }

  @Test
  void pagesOfAListHaveEachJobOnce() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.addFirst(submit(work("x" + i)).id());
      now = now.plusMillis(1);
    }
    List<String> paged = new ArrayList<>();
    Optional<String> before = Optional.empty();
    while (true) {
      List<Job> page = jobs.list(Optional.empty(), Optional.empty(), before, 10, 1_500);
      if (page.isEmpty()) {
        break;
      }
      assertThat(page.stream().mapToInt(Job::bytes).sum() - page.getLast().bytes())
          .isLessThan(1_500);
      page.forEach(job -> paged.add(job.id()));
      before = Optional.of(page.getLast().id());
    }
    assertThat(paged).isEqualTo(all);
  }
}
