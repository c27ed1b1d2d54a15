package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobTableNeedsTest extends JobTableCase {
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
}
