package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is made anew with the next transaction when it broke. For one thread, but for
 * {@link #suspect}.
 */
final class Link implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final int SECONDS_TO_ANSWER = 2;

  private final Database database;
  private final Database.Flush flush;
  private Connection connection;
  private boolean broken;
  private volatile boolean suspected;

  Link(Database database, Database.Flush flush) throws SQLException {
    this.database = database;
    this.flush = flush;
    this.connection = open();
  }

  private Connection open() throws SQLException {
    Connection fresh = database.connect(flush);
    try {
      database.prepare(fresh);
      fresh.setAutoCommit(false);
      return fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  /** The connection, in a transaction. */
  Connection begin() throws SQLException {
    if (suspected && !broken) {
      broken = !connection.isValid(SECONDS_TO_ANSWER);
    }
    suspected = false;
    if (broken) {
      connection = open();
      broken = false;
      log.info("The database of the jobs is there again");
    }
    return connection;
  }

  /** Another connection of the same database broke. */
  void suspect() {
    suspected = true;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Ends the transaction without a change, and finds out whether the connection still lives. */
  void undo(SQLException why) {
    if (broken) {
      return;
    }
    try {
      connection.rollback();
      broken = !connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException e) {
      why.addSuppressed(e);
      broken = true;
    }
    if (broken) {
      log.warn("The database of the jobs is gone: {}", why.getMessage());
      try {
        connection.close();
      } catch (SQLException e) {
        why.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
