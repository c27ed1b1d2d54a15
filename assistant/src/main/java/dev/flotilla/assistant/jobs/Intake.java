package dev.flotilla.assistant.jobs;

import dev.flotilla.kernel.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Takes work on. */
final class Intake {
  private final InstantSource clock;
  private final JobIds ids;

  Intake(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.ids = new JobIds(random);
  }

  /** The new job, or the one that has the key. */
  Job submit(Connection connection, Submission s) throws SQLException {
    Instant now = clock.instant();
    String id = ids.next(now);
    Optional<String> holder = s.needs().isEmpty() ? Optional.empty() : holder(connection, s);
    if (holder.isPresent()) {
      return JobQueries.find(connection, holder.get()).orElseThrow();
    }
    List<String> open = open(connection, s.needs());
    int added =
        Sql.update(
            connection,
            """
            INSERT INTO jobs (id, kind, state, priority, payload, key, attempts, max_attempts,
              backoff, created_at, run_at, keep_for) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)
              ON CONFLICT (kind, key) DO NOTHING\
            """,
            id,
            s.kind(),
            open.isEmpty() ? JobState.QUEUED : JobState.BLOCKED,
            s.priority(),
            Wire.text(s.payload()),
            s.key().orElse(null),
            s.maxAttempts(),
            s.backoff(),
            now,
            s.runAt(),
            s.keepFor());
    if (added == 0) {
      return JobQueries.find(connection, holder(connection, s).orElseThrow()).orElseThrow();
    }
    for (String need : open) {
      var _ = Sql.update(connection, "INSERT INTO job_needs (job, needs) VALUES (?, ?)", id, need);
    }
    return JobQueries.find(connection, id).orElseThrow();
  }

  /** The job that has the key; what it needed may be forgotten by now. */
  private static Optional<String> holder(Connection connection, Submission s) throws SQLException {
    return Sql.query(
            connection,
            row -> row.getString(1),
            "SELECT id FROM jobs WHERE kind = ? AND key = ?",
            s.kind(),
            s.key().orElse(null))
        .stream()
        .findFirst();
  }

  /** Which of the needed jobs are not done yet. */
  private static List<String> open(Connection connection, List<String> needs) throws SQLException {
    List<String> open = new ArrayList<>();
    for (String need : needs.stream().distinct().toList()) {
      String state =
          Sql.query(
                  connection, row -> row.getString(1), "SELECT state FROM jobs WHERE id = ?", need)
              .stream()
              .findFirst()
              .orElseThrow(() -> new UnknownJob(need));
      switch (JobState.ofLabel(state)) {
        case DONE -> {}
        case CANCELLED ->
            throw new CannotBegin("job %s, which it needs, was called off".formatted(need));
        case BLOCKED, QUEUED, RUNNING, DEAD -> open.add(need);
      }
    }
    return open;
  }
}
