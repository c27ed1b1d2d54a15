package dev.flotilla.assistant.jobs;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies SQLite's log into its file beside the transactions, so that none of them waits for it; and
 * gives the log its size at the start, because a flush that also makes a file longer takes several
 * times as long. Thread-safe.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
  private static final int TRANSACTIONS = 600;
  private static final int PAGES = 3_000;
  private static final int PAGE = 4_096;

  private final Connection connection;
  private final AtomicInteger since = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  Checkpoints(Database.Sqlite database) throws SQLException {
    connection = database.connect(Database.Flush.AT_COMMIT);
    try (Statement statement = connection.createStatement()) {
      lengthen(statement, Path.of(database.file() + "-wal"));
    }
    thread = Thread.ofPlatform().name("jobs-checkpoint").daemon().start(this::run);
  }

  /** Writes one page again and again, which makes the log longer and not the file. */
  private static void lengthen(Statement statement, Path wal) throws SQLException {
    if (wal.toFile().length() >= (long) PAGES * PAGE) {
      return;
    }
    statement.execute("PRAGMA synchronous = OFF");
    for (int page = 0; page < PAGES; page++) {
      statement.execute("PRAGMA user_version = " + (page % 2 + 1));
    }
    statement.execute("PRAGMA synchronous = FULL");
    statement.execute("PRAGMA wal_checkpoint(RESTART)");
  }

  /** A transaction was committed. */
  void committed() {
    if (since.incrementAndGet() == TRANSACTIONS) {
      synchronized (since) {
        since.notifyAll();
      }
    }
  }

  private void run() {
    while (!closed) {
      try (Statement statement = connection.createStatement()) {
        synchronized (since) {
          while (since.get() < TRANSACTIONS && !closed) {
            since.wait();
          }
        }
        since.set(0);
        statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      } catch (InterruptedException e) {
        return;
      } catch (SQLException e) {
        log.warn("The log of the jobs was not copied into their file: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    synchronized (since) {
      since.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
