package dev.flotilla.assistant.jobs;

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
import org.junit.jupiter.api.io.TempDir;

/** A table of jobs on a clock that stands, for each test anew. */
abstract class JobTableCase {
  static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir Path folder;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  JobTable jobs;

  @BeforeEach
  void open() throws Exception {
    jobs = table();
  }

  JobTable table() throws Exception {
    return new JobTable(new Database.Sqlite(folder.resolve("jobs.db")), () -> now, new Random(7));
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  Submission work(String payload) {
    return Submission.of("mail", new TextNode(payload), now);
  }

  Job submit(Submission submission) {
    return jobs.submit(List.of(submission)).getFirst();
  }

  Lease claim() {
    return jobs.claim(List.of("mail"), "w1", LEASE, 1, Map.of()).getFirst();
  }

  List<Lease> claimAll() {
    return jobs.claim(List.of("mail"), "w1", LEASE, 100, Map.of());
  }

  static Submission with(
      Submission s,
      int priority,
      Instant runAt,
      int attempts,
      Optional<String> key,
      List<String> needs) {
    return new Submission(
        s.kind(), s.payload(), priority, runAt, attempts, s.backoff(), s.keepFor(), key, needs);
  }
}
