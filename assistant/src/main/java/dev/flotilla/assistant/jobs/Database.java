package dev.flotilla.assistant.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;

/** Where jobs are kept: a SQLite file, or a PostgreSQL server. */
public sealed interface Database {
  /** {@code postgresql://user@host:port/name?…}, with or without {@code jdbc:}. */
  Pattern URL = Pattern.compile("(?:jdbc:)?(postgres(?:ql)?://)(?:([^@/:]*)(:[^@/]*)?@)?(.*)");

  /**
   * Pages of 4 KiB in SQLite's log before a commit itself copies them, should nobody else do it.
   */
  int MOST_LOGGED = 16_000;

  /**
   * A file of its own in the state folder.
   *
   * @param file made when it is not there
   */
  record Sqlite(Path file) implements Database {}

  /**
   * A server that is there already.
   *
   * @param url {@code jdbc:postgresql://host/database}, without user and password
   */
  record Postgres(String url, Optional<String> user, Optional<String> password)
      implements Database {
    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * Reads what a configuration says.
   *
   * @param url empty for the file, else {@code postgresql://user@host/name}
   * @param environment {@code PGUSER} and {@code PGPASSWORD} count where the URL names none;
   *     without any, PostgreSQL's password file does
   * @throws IllegalArgumentException when it is another kind of URL, or holds a password
   */
  static Database of(String url, Path file, Map<String, String> environment) {
    if (url.isEmpty()) {
      return new Sqlite(file);
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "database: %s is none that is known; expected postgresql://user@host/name, or nothing for"
                  .formatted(url.replaceAll(":[^:@/]*@", ":…@"))
              + " a SQLite file in the state folder");
    }
    if (parts.group(3) != null) {
      throw new IllegalArgumentException(
          "database: a password in the URL would be seen by all who see the manifest; put it into"
              + " the agent's environment as PGPASSWORD, or into PostgreSQL's password file");
    }
    return new Postgres(
        "jdbc:postgresql://" + parts.group(4),
        Optional.ofNullable(parts.group(2))
            .or(() -> Optional.ofNullable(environment.get("PGUSER"))),
        Optional.ofNullable(environment.get("PGPASSWORD")));
  }

  /**
   * When what is committed outlives a loss of power; it outlives the death of this process always.
   */
  enum Flush {
    AT_COMMIT,
    /** With the next commit that is flushed, or some moments later. */
    SOON
  }

  /** A connection of its own. */
  default Connection connect(Flush flush) throws SQLException {
    return switch (this) {
      case Sqlite(Path file) -> {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
            flush == Flush.AT_COMMIT
                ? SQLiteConfig.SynchronousMode.FULL
                : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(MOST_LOGGED));
        yield DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
      }
      case Postgres(String url, Optional<String> user, Optional<String> password) -> {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(word -> properties.setProperty("password", word));
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "flotilla-jobs");
        Connection connection = DriverManager.getConnection(url, properties);
        if (flush == Flush.SOON) {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
          }
        }
        yield connection;
      }
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
