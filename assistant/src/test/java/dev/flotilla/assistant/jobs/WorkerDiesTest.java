package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a worker has just done when it dies, its job has one result in the end. */
class WorkerDiesTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private JobTable jobs;

  /** After which step it dies. */
  enum Step {
    CLAIMED,
    RENEWED,
    TOLD_PROGRESS,
    FAILED,
    COMPLETED
  }

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

  private List<Lease> claim(String worker) {
    return jobs.claim(List.of("mail"), worker, LEASE, 1, Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void theJobHasOneResultInTheEnd(Step step) throws Exception {
    Job job = jobs.submit(List.of(Submission.of("mail", new TextNode("hello"), now))).getFirst();
    Lease first = claim("first").getFirst();
    switch (step) {
      case CLAIMED -> {}
      case RENEWED ->
          jobs.renew(job.id(), first.token(), LEASE, Optional.empty(), Optional.empty());
      case TOLD_PROGRESS ->
          jobs.renew(job.id(), first.token(), LEASE, Optional.of(0.9), Optional.of("nearly"));
      case FAILED -> jobs.fail(job.id(), first.token(), "no route", true);
      case COMPLETED -> jobs.complete(job.id(), first.token(), new TextNode("by the first"));
    }
    jobs.close();
    jobs = table();
    now = now.plus(Duration.ofMinutes(2));
    jobs.expire();
    now = now.plus(Duration.ofMinutes(2));
    List<Lease> second = claim("second");
    if (step == Step.COMPLETED) {
      assertThat(second).isEmpty();
      assertThat(result(job)).contains(new TextNode("by the first"));
      return;
    }
    jobs.complete(job.id(), second.getFirst().token(), new TextNode("by the second"));
    assertThatThrownBy(() -> jobs.complete(job.id(), first.token(), new TextNode("too late")))
        .isInstanceOf(LeaseLost.class);
    assertThat(result(job)).contains(new TextNode("by the second"));
    assertThat(claim("third")).isEmpty();
  }

  private Optional<com.fasterxml.jackson.databind.JsonNode> result(Job job) {
    return jobs.find(job.id()).flatMap(Job::result);
  }

  /** As a job does that kills whoever takes it. */
  @Test
  void aJobThatKillsEveryWorkerIsDeadAfterItsAttempts() {
    Job job = jobs.submit(List.of(Submission.of("mail", new TextNode("x"), now))).getFirst();
    for (int attempt = 0; attempt < Submission.DEFAULT_ATTEMPTS; attempt++) {
      assertThat(claim("w" + attempt)).hasSize(1);
      now = now.plus(Duration.ofHours(2));
      jobs.expire();
      now = now.plus(Duration.ofHours(2));
    }
    assertThat(jobs.find(job.id()).orElseThrow().state()).isEqualTo(JobState.DEAD);
    assertThat(jobs.find(job.id()).orElseThrow().error())
        .contains("worker w4 was not heard of before its lease ended");
  }
}
