package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Transactions in the order they were asked for, by one thread; those that wait while one is being
 * made durable go together into the next, so that many writers share one flush. What {@link #write}
 * has returned is on disk; what {@link #writeSoon} has returned outlives this process, and a loss
 * of power once anything later is on disk. Thread-safe.
 */
final class Ledger implements AutoCloseable {
  private static final int MOST_TOGETHER = 500;

  private final Link flushed;
  private final Link soon;
  private final Link reading;
  private final Optional<Checkpoints> checkpoints;
  private final BlockingQueue<Entry<?>> waiting = new LinkedBlockingQueue<>(10_000);
  private final ReentrantLock readers = new ReentrantLock();
  private final Thread thread;
  private volatile boolean closed;

  /** What is done in a transaction; anything thrown undoes just this. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  Ledger(Database database) throws SQLException {
    this.flushed = new Link(database, Database.Flush.AT_COMMIT);
    this.soon = new Link(database, Database.Flush.SOON);
    this.reading = new Link(database, Database.Flush.SOON);
    this.checkpoints =
        switch (database) {
          case Database.Sqlite file -> Optional.of(new Checkpoints(file));
          case Database.Postgres server -> Optional.empty();
        };
    this.thread = Thread.ofPlatform().name("jobs-ledger").daemon().start(this::run);
  }

  /**
   * Runs and waits until it is durable.
   *
   * @throws JobsUnavailable when the database cannot be written; then nothing was changed, unless
   *     the connection was lost while it was being made durable
   */
  <T> T write(Work<T> work) {
    return write(work, Database.Flush.AT_COMMIT);
  }

  /** Runs what may be undone by a loss of power, and by nothing less. */
  <T> T writeSoon(Work<T> work) {
    return write(work, Database.Flush.SOON);
  }

  private <T> T write(Work<T> work, Database.Flush flush) {
    if (closed) {
      throw new JobsUnavailable("the jobs are being closed");
    }
    Entry<T> entry = new Entry<>(work, flush, new CompletableFuture<>());
    try {
      waiting.put(entry);
      return entry.done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobsUnavailable("interrupted while waiting for the database");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException refused -> throw refused;
        case Error fault -> throw fault;
        case null -> throw new IllegalStateException(e);
        default -> throw refused(e.getCause());
      }
    }
  }

  /**
   * Looks at what is committed, beside the transactions.
   *
   * @throws JobsUnavailable when the database cannot be read
   */
  <T> T read(Work<T> look) {
    readers.lock();
    try {
      T seen = look.run(reading.begin());
      reading.commit();
      return seen;
    } catch (SQLException e) {
      reading.undo(e);
      suspect();
      throw refused(e);
    } finally {
      readers.unlock();
    }
  }

  private void suspect() {
    List.of(flushed, soon, reading).forEach(Link::suspect);
  }

  private static JobsUnavailable refused(Throwable why) {
    return new JobsUnavailable("the database refused: " + String.valueOf(why.getMessage()));
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
    boolean atCommit = together.stream().anyMatch(e -> e.flush == Database.Flush.AT_COMMIT);
    Link link = atCommit ? flushed : soon;
    try {
      Connection connection = link.begin();
      for (Entry<?> entry : together) {
        entry.run(connection);
      }
      link.commit();
    } catch (SQLException e) {
      link.undo(e);
      suspect();
      together.forEach(entry -> entry.fail(e));
      return;
    }
    together.forEach(Entry::complete);
    checkpoints.ifPresent(Checkpoints::committed);
  }

  /** Ends after everything asked for so far is durable. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
      if (checkpoints.isPresent()) {
        checkpoints.get().close();
      }
      readers.lock();
      reading.close();
      soon.close();
      flushed.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new JobsUnavailable("the database did not close: " + e.getMessage());
    } finally {
      if (readers.isHeldByCurrentThread()) {
        readers.unlock();
      }
    }
  }

  private static final class Entry<T> {
    private final Work<T> work;
    private final Database.Flush flush;
    private final CompletableFuture<T> done;
    private Runnable outcome = () -> {};

    Entry(Work<T> work, Database.Flush flush, CompletableFuture<T> done) {
      this.work = work;
      this.flush = flush;
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
      } catch (SQLException | RuntimeException | Error e) {
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
