package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class JobTableTest extends JobTableCase {
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
