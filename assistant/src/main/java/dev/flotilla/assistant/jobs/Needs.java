package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which jobs wait for which. */
final class Needs {
  private Needs() {}

  /** What the job still waits for. */
  static List<String> of(Connection connection, String id) throws SQLException {
    return Sql.query(
        connection,
        row -> row.getString(1),
        "SELECT needs FROM job_needs WHERE job = ? ORDER BY needs",
        id);
  }

  /** Who waits for the job. */
  static List<String> dependents(Connection connection, String id) throws SQLException {
    return Sql.query(
        connection, row -> row.getString(1), "SELECT job FROM job_needs WHERE needs = ?", id);
  }

  /** The job is done: those that waited for nothing else may go; gives them. */
  static List<Job> release(Connection connection, String id) throws SQLException {
    List<String> dependents = dependents(connection, id);
    var _ = Sql.update(connection, "DELETE FROM job_needs WHERE needs = ?", id);
    List<Job> free = new ArrayList<>();
    for (String dependent : dependents) {
      if (of(connection, dependent).isEmpty()
          && Sql.update(
                  connection,
                  "UPDATE jobs SET state = 'queued' WHERE id = ? AND state = 'blocked'",
                  dependent)
              == 1) {
        free.add(JobQueries.find(connection, dependent).orElseThrow());
      }
    }
    return free;
  }
}
