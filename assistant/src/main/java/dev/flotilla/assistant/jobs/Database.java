package dev.flotilla.assistant.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/** Where jobs are kept: a SQLite file, or a PostgreSQL server. */
public sealed interface Database {

  /**
   * A file of its own in the state folder.
   *
   * @param file made when it is not there
   */
  record Sqlite(Path file) implements Database {}

  /**
   * A server that is there already.
   *
   * @param url {@code jdbc:postgresql://host/database}; a password belongs in {@code PGPASSWORD} or
   *     the password file, not in it
   */
  record Postgres(String url) implements Database {}

  /** Reads what a configuration says: empty for the file, else a URL. */
  static Database of(String url, Path file) {
    return url.isEmpty()
        ? new Sqlite(file)
        : new Postgres(url.startsWith("jdbc:") ? url : "jdbc:" + url);
  }

  /** A connection of its own, with durable commits. */
  default Connection connect() throws SQLException {
    return switch (this) {
      case Sqlite(Path file) -> {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        yield DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
      }
      case Postgres(String url) -> DriverManager.getConnection(url, new Properties());
    };
  }

  /** Makes the tables where they are missing. */
  default void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : Schema.statements()) {
        statement.addBatch(sql);
      }
      var _ = statement.executeBatch();
    }
  }
}
