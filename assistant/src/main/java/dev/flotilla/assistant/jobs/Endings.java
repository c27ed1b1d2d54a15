package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Jobs that are called off, given another life, or forgotten. */
final class Endings {
  private final InstantSource clock;

  Endings(InstantSource clock) {
    this.clock = clock;
  }

  /** The job as it is then, and after it those that were called off with it. */
  List<Job> cancel(Connection connection, String id) throws SQLException {
    Job job = JobQueries.find(connection, id).orElseThrow(() -> new UnknownJob(id));
    List<Job> cancelled = cancel(connection, id, "called off");
    return cancelled.isEmpty() ? List.of(job) : cancelled;
  }

  List<Job> cancelAll(Connection connection, String kind, Optional<JobState> state, int most)
      throws SQLException {
    List<String> ids =
        Sql.query(
            connection,
            row -> row.getString(1),
            """
            SELECT id FROM jobs WHERE kind = ? AND state = coalesce(?, state)
              AND state IN ('blocked', 'queued', 'running', 'dead') LIMIT ?\
            """,
            kind,
            state.map(JobState::label).orElse(null),
            most);
    List<Job> cancelled = new ArrayList<>();
    for (String id : ids) {
      cancelled.addAll(cancel(connection, id, "called off"));
    }
    return cancelled;
  }

  /** With all that needs it, however long the chain. */
  private List<Job> cancel(Connection connection, String first, String firstWhy)
      throws SQLException {
    List<Job> cancelled = new ArrayList<>();
    record Doomed(String id, String why) {}
    Deque<Doomed> doomed = new ArrayDeque<>(List.of(new Doomed(first, firstWhy)));
    while (!doomed.isEmpty()) {
      Doomed next = doomed.remove();
      int changed =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'cancelled', finished_at = ?, lease = NULL,
                lease_until = NULL, error = ?
                WHERE id = ? AND state <> 'done' AND state <> 'cancelled'\
              """,
              clock.instant(),
              next.why(),
              next.id());
      if (changed == 1) {
        cancelled.add(JobQueries.find(connection, next.id()).orElseThrow());
        String why = "needs %s, which was called off".formatted(next.id());
        for (String dependent : Needs.dependents(connection, next.id())) {
          doomed.add(new Doomed(dependent, why));
        }
      }
    }
    return cancelled;
  }

  Job replay(Connection connection, String id) throws SQLException {
    Job job = JobQueries.find(connection, id).orElseThrow(() -> new UnknownJob(id));
    if (job.state() == JobState.DEAD || job.state() == JobState.CANCELLED) {
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = ?, attempts = 0, run_at = ?, finished_at = NULL,
                error = NULL WHERE id = ?\
              """,
              job.needs().isEmpty() ? JobState.QUEUED : JobState.BLOCKED,
              clock.instant(),
              id);
    }
    return JobQueries.find(connection, id).orElseThrow();
  }

  List<Job> replayAll(Connection connection, String kind, JobState state, int most)
      throws SQLException {
    List<String> ids =
        Sql.query(
            connection,
            row -> row.getString(1),
            """
            SELECT id FROM jobs WHERE kind = ? AND state = ? AND state IN ('dead', 'cancelled')
              ORDER BY id LIMIT ?\
            """,
            kind,
            state,
            most);
    List<Job> replayed = new ArrayList<>();
    for (String id : ids) {
      replayed.add(replay(connection, id));
    }
    return replayed;
  }

  /** What still waits for a job that is forgotten would wait for ever, so it is called off. */
  int forget(Connection connection) throws SQLException {
    Instant now = clock.instant();
    List<String> old =
        Sql.query(
            connection,
            row -> row.getString(1),
            """
            SELECT id FROM jobs WHERE state IN ('done', 'dead', 'cancelled')
              AND finished_at + keep_for < ?\
            """,
            now);
    for (String id : old) {
      for (String dependent : Needs.dependents(connection, id)) {
        var _ = cancel(connection, dependent, "needs %s, which was never done".formatted(id));
      }
      var _ = Sql.update(connection, "DELETE FROM job_needs WHERE needs = ? OR job = ?", id, id);
      var _ = Sql.update(connection, "DELETE FROM jobs WHERE id = ?", id);
    }
    return old.size();
  }
}
