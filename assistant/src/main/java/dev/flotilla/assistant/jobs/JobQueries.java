package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at jobs and changes nothing. */
final class JobQueries {
  private JobQueries() {}

  static Optional<Job> find(Connection connection, String id) throws SQLException {
    List<String> needs = Needs.of(connection, id);
    return Sql.query(
            connection, row -> JobRow.read(row, needs), "SELECT * FROM jobs WHERE id = ?", id)
        .stream()
        .findFirst();
  }

  static List<Job> list(
      Connection connection, Optional<String> kind, Optional<JobState> state, int most)
      throws SQLException {
    List<String> ids =
        Sql.query(
            connection,
            row -> row.getString(1),
            """
            SELECT id FROM jobs WHERE kind = coalesce(?, kind) AND state = coalesce(?, state)
              ORDER BY created_at DESC, id DESC LIMIT ?\
            """,
            kind.orElse(null),
            state.map(JobState::label).orElse(null),
            most);
    List<Job> jobs = new ArrayList<>();
    for (String id : ids) {
      jobs.add(find(connection, id).orElseThrow());
    }
    return List.copyOf(jobs);
  }

  static Map<String, Map<JobState, Long>> counts(Connection connection) throws SQLException {
    Map<String, Map<JobState, Long>> counts = new LinkedHashMap<>();
    var _ =
        Sql.query(
            connection,
            row ->
                counts
                    .computeIfAbsent(row.getString(1), kind -> new LinkedHashMap<>())
                    .put(JobState.ofLabel(row.getString(2)), row.getLong(3)),
            "SELECT kind, state, count(*) FROM jobs GROUP BY kind, state ORDER BY kind, state");
    return counts;
  }

  static Optional<Instant> nextTurn(Connection connection, Instant now) throws SQLException {
    return Sql.query(
            connection,
            row -> row.getLong(1),
            "SELECT coalesce(min(run_at), 0) FROM jobs WHERE state = 'queued' AND run_at > ?",
            now)
        .stream()
        .filter(millis -> millis > 0)
        .map(Instant::ofEpochMilli)
        .findFirst();
  }
}
