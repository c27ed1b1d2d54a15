package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions in the order they were asked for, by one thread; those that wait while one is being
 * made durable go together into the next, so that many writers share one flush. What {@link #write}
 * has returned is on disk. A connection that broke is made anew with the next transaction.
 * Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final int MOST_TOGETHER = 500;
  private static final int SECONDS_TO_ANSWER = 2;

  private final Database database;
  private final BlockingQueue<Entry<?>> waiting = new LinkedBlockingQueue<>(10_000);
  private final Thread thread;
  private Connection connection;
  private boolean broken;
  private volatile boolean closed;

  /** What is done in a transaction; anything thrown undoes just this. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  Ledger(Database database) throws SQLException {
    this.database = database;
    this.connection = open();
    this.thread = Thread.ofPlatform().name("jobs-ledger").daemon().start(this::run);
  }

  private Connection open() throws SQLException {
    Connection fresh = database.connect();
    try {
      database.prepare(fresh);
      fresh.setAutoCommit(false);
      return fresh;
    } catch (SQLException e) {
      fresh.close();
      throw e;
    }
  }

  /**
   * Runs and waits until it is durable.
   *
   * @throws JobsUnavailable when the database cannot be written; then nothing was changed, unless
   *     the connection was lost while it was being made durable
   */
  <T> T write(Work<T> work) {
    if (closed) {
      throw new JobsUnavailable("the jobs are being closed");
    }
    Entry<T> entry = new Entry<>(work, new CompletableFuture<>());
    try {
      waiting.put(entry);
      return entry.done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobsUnavailable("interrupted while waiting for the database");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException refused -> throw refused;
        case null -> throw new IllegalStateException(e);
        default ->
            throw new JobsUnavailable(
                "the database refused: " + String.valueOf(e.getCause().getMessage()));
      }
    }
  }

  private void run() {
    List<Entry<?>> together = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        together.clear();
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER - 1);
        transact(together);
      }
    } catch (InterruptedException closing) {
      together.clear();
      waiting.drainTo(together);
      transact(together);
    }
  }

  private void transact(List<Entry<?>> together) {
    try {
      reconnect();
      for (Entry<?> entry : together) {
        entry.run(connection);
      }
      connection.commit();
    } catch (SQLException e) {
      undo(e);
      together.forEach(entry -> entry.fail(e));
      return;
    }
    together.forEach(Entry::complete);
  }

  private void reconnect() throws SQLException {
    if (broken) {
      connection = open();
      broken = false;
      log.info("The database of the jobs is there again");
    }
  }

  private void undo(SQLException why) {
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

  /** Ends after everything asked for so far is durable. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new JobsUnavailable("the database did not close: " + e.getMessage());
    }
  }

  private static final class Entry<T> {
    private final Work<T> work;
    private final CompletableFuture<T> done;
    private Runnable outcome = () -> {};

    Entry(Work<T> work, CompletableFuture<T> done) {
      this.work = work;
      this.done = done;
    }

    /**
     * What goes wrong with this one undoes this one.
     *
     * @throws SQLException when it cannot be undone alone, as when the disk is full: then the
     *     database has undone the whole transaction, and nobody in it may be told that it is kept
     */
    void run(Connection connection) throws SQLException {
      Savepoint before = connection.setSavepoint();
      try {
        T value = work.run(connection);
        connection.releaseSavepoint(before);
        outcome = () -> done.complete(value);
      } catch (SQLException | RuntimeException e) {
        try {
          connection.rollback(before);
        } catch (SQLException lost) {
          lost.addSuppressed(e);
          throw e instanceof SQLException cause ? cause : lost;
        }
        outcome = () -> done.completeExceptionally(e);
      }
    }

    void complete() {
      outcome.run();
    }

    void fail(SQLException e) {
      done.completeExceptionally(e);
    }
  }
}
