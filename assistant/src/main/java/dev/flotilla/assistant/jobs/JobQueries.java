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
  /** Greater than every id, which begin with j and the time. */
  private static final String AFTER_ALL = "k";

  private JobQueries() {}

  static Optional<Job> find(Connection connection, String id) throws SQLException {
    List<String> needs = Needs.of(connection, id);
    return Sql.query(
            connection, row -> JobRow.read(row, needs), "SELECT * FROM jobs WHERE id = ?", id)
        .stream()
        .findFirst();
  }

  static List<Job> list(
      Connection connection,
      Optional<String> kind,
      Optional<JobState> state,
      Optional<String> before,
      int most,
      long enough)
      throws SQLException {
    List<String> conditions = new ArrayList<>(List.of("id < ?"));
    List<Object> parameters = new ArrayList<>(List.of(before.orElse(AFTER_ALL)));
    kind.ifPresent(
        only -> {
          conditions.add("kind = ?");
          parameters.add(only);
        });
    state.ifPresent(
        only -> {
          conditions.add("state = ?");
          parameters.add(only);
        });
    parameters.add(most);
    List<String> ids =
        Sql.query(
            connection,
            row -> row.getString(1),
            "SELECT id FROM jobs WHERE %s ORDER BY id DESC LIMIT ?"
                .formatted(String.join(" AND ", conditions)),
            parameters.toArray());
    List<Job> jobs = new ArrayList<>();
    long bytes = 0;
    for (String id : ids) {
      if (bytes >= enough) {
        break;
      }
      Job job = find(connection, id).orElseThrow();
      bytes += enough == Long.MAX_VALUE ? 0 : job.bytes();
      jobs.add(job);
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
