package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads a row of the table of jobs. */
final class JobRow {
  private JobRow() {}

  static Job read(ResultSet row, List<String> needs) throws SQLException {
    return new Job(
        row.getString("id"),
        row.getString("kind"),
        JobState.ofLabel(row.getString("state")),
        row.getInt("priority"),
        json(row.getString("payload")),
        text(row, "key"),
        row.getInt("attempts"),
        row.getInt("max_attempts"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("run_at")),
        time(row, "started_at"),
        time(row, "finished_at"),
        text(row, "worker"),
        row.getObject("progress") == null
            ? Optional.empty()
            : Optional.of(row.getDouble("progress")),
        text(row, "note"),
        text(row, "result").map(JobRow::json),
        text(row, "error"),
        needs);
  }

  static JsonNode json(String text) {
    return Wire.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
