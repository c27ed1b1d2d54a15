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

/**
 * Transactions in the order they were asked for, by one thread; those that wait while one is being
 * made durable go together into the next, so that many writers share one flush. What {@link #write}
 * has returned is on disk. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private static final int MOST_TOGETHER = 500;

  private final Connection connection;
  private final BlockingQueue<Entry<?>> waiting = new LinkedBlockingQueue<>(10_000);
  private final Thread thread;
  private volatile boolean closed;

  /** What is done in a transaction; anything thrown undoes just this. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  Ledger(Database database) throws SQLException {
    this.connection = database.connect();
    database.prepare(connection);
    connection.setAutoCommit(false);
    this.thread = Thread.ofPlatform().name("jobs-ledger").daemon().start(this::run);
  }

  /**
   * Runs and waits until it is durable.
   *
   * @throws JobsUnavailable when the database cannot be written; then nothing was changed
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
      together.forEach(entry -> entry.run(connection));
      connection.commit();
    } catch (SQLException e) {
      undo(e);
      together.forEach(entry -> entry.fail(e));
      return;
    }
    together.forEach(Entry::complete);
  }

  private void undo(SQLException why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
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

    void run(Connection connection) {
      try {
        Savepoint before = connection.setSavepoint();
        try {
          T value = work.run(connection);
          connection.releaseSavepoint(before);
          outcome = () -> done.complete(value);
        } catch (SQLException | RuntimeException e) {
          connection.rollback(before);
          outcome = () -> done.completeExceptionally(e);
        }
      } catch (SQLException e) {
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
