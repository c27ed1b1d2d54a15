package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Jobs that are called off, given another life, or forgotten. */
final class Endings {
  private final InstantSource clock;

  Endings(InstantSource clock) {
    this.clock = clock;
  }

  Job cancel(Connection connection, String id) throws SQLException {
    Job job = JobQueries.find(connection, id).orElseThrow(() -> new UnknownJob(id));
    if (job.state() != JobState.DONE) {
      cancel(connection, id, "called off");
    }
    return JobQueries.find(connection, id).orElseThrow();
  }

  private void cancel(Connection connection, String id, String why) throws SQLException {
    int changed =
        Sql.update(
            connection,
            """
            UPDATE jobs SET state = 'cancelled', finished_at = ?, lease = NULL, lease_until = NULL,
              error = ? WHERE id = ? AND state <> 'done' AND state <> 'cancelled'\
            """,
            clock.instant(),
            why,
            id);
    if (changed == 1) {
      for (String dependent : Needs.dependents(connection, id)) {
        cancel(connection, dependent, "needs %s, which was called off".formatted(id));
      }
    }
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
        cancel(connection, dependent, "needs %s, which was never done".formatted(id));
      }
      var _ = Sql.update(connection, "DELETE FROM job_needs WHERE needs = ? OR job = ?", id, id);
      var _ = Sql.update(connection, "DELETE FROM jobs WHERE id = ?", id);
    }
    return old.size();
  }
}
