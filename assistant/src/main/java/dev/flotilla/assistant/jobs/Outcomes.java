package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What workers say of the jobs they hold, and what follows when they say nothing. */
final class Outcomes {
  private final InstantSource clock;
  private final RandomGenerator random;

  Outcomes(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Instant renew(
      Connection connection,
      String id,
      String token,
      Duration lease,
      Optional<Double> progress,
      Optional<String> note)
      throws SQLException {
    hold(connection, id, token);
    Instant until = clock.instant().plus(lease);
    var _ =
        Sql.update(
            connection,
            """
            UPDATE jobs SET lease_until = ?, progress = coalesce(?, progress),
              note = coalesce(?, note) WHERE id = ?\
            """,
            until,
            progress.orElse(null),
            note.orElse(null),
            id);
    return until;
  }

  /** The job, and after it those that waited for nothing else. */
  List<Job> complete(Connection connection, String id, String token, JsonNode result)
      throws SQLException {
    List<Job> free = List.of();
    if (!completed(connection, id, token)) {
      hold(connection, id, token);
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'done', result = ?, finished_at = ?, lease_until = NULL,
                error = NULL, progress = 1 WHERE id = ?\
              """,
              Wire.text(result),
              clock.instant(),
              id);
      free = Needs.release(connection, id);
    }
    List<Job> moved = new ArrayList<>(List.of(JobQueries.find(connection, id).orElseThrow()));
    moved.addAll(free);
    return moved;
  }

  /** A done job keeps the token of who did it. */
  private static boolean completed(Connection connection, String id, String token)
      throws SQLException {
    return !Sql.query(
            connection,
            row -> "",
            "SELECT id FROM jobs WHERE id = ? AND state = 'done' AND lease = ?",
            id,
            token)
        .isEmpty();
  }

  Job fail(Connection connection, String id, String token, String error, boolean retry)
      throws SQLException {
    hold(connection, id, token);
    failed(connection, id, error, retry);
    return JobQueries.find(connection, id).orElseThrow();
  }

  List<Job> expire(Connection connection) throws SQLException {
    Instant now = clock.instant();
    List<String> late =
        Sql.query(
            connection,
            row -> row.getString(1),
            "SELECT id FROM jobs WHERE state = 'running' AND lease_until < ?",
            now);
    List<Job> expired = new ArrayList<>();
    for (String id : late) {
      if (stillLate(connection, id, now)) {
        Job job = JobQueries.find(connection, id).orElseThrow();
        String worker = job.worker().orElse("?");
        failed(
            connection,
            id,
            "worker %s was not heard of before its lease ended".formatted(worker),
            true);
        expired.add(JobQueries.find(connection, id).orElseThrow());
      }
    }
    return List.copyOf(expired);
  }

  /** Holds the row until the transaction ends; another process may have been faster. */
  private static boolean stillLate(Connection connection, String id, Instant now)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE jobs SET lease = lease
              WHERE id = ? AND state = 'running' AND lease_until < ?\
            """,
            id,
            now)
        == 1;
  }

  private void failed(Connection connection, String id, String error, boolean retry)
      throws SQLException {
    Job job = JobQueries.find(connection, id).orElseThrow();
    Instant now = clock.instant();
    if (retry && job.attempts() < job.maxAttempts()) {
      Duration rest = Backoff.after(job.attempts(), firstRest(connection, id), random.nextDouble());
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'queued', run_at = ?, error = ?, lease = NULL,
                lease_until = NULL WHERE id = ?\
              """,
              now.plus(rest),
              error,
              id);
    } else {
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'dead', finished_at = ?, error = ?, lease = NULL,
                lease_until = NULL WHERE id = ?\
              """,
              now,
              error,
              id);
    }
  }

  private static Duration firstRest(Connection connection, String id) throws SQLException {
    return Duration.ofMillis(
        Sql.query(connection, row -> row.getLong(1), "SELECT backoff FROM jobs WHERE id = ?", id)
            .getFirst());
  }

  /** Holds the row, too, until the transaction ends. */
  private static void hold(Connection connection, String id, String token) throws SQLException {
    int held =
        Sql.update(
            connection,
            "UPDATE jobs SET lease = lease WHERE id = ? AND state = 'running' AND lease = ?",
            id,
            token);
    if (held == 0) {
      throw new LeaseLost(
          "job %s is not held by this lease any more: it was called off, or the lease ended and"
                  .formatted(id)
              + " somebody else has it");
    }
  }
}
