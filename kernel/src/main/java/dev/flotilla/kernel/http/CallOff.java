package dev.flotilla.kernel.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Something that runs on its caller's thread and that others may call off: what it waits for is
 * interrupted, which closes the socket it waits at. Thread-safe; for one run.
 */
public final class CallOff {
  private final Thread thread = Thread.currentThread();
  private final Optional<WatchedConnection> connection =
      WatchedSelector.CONNECTION.isBound()
          ? Optional.of(WatchedSelector.CONNECTION.get())
          : Optional.empty();
  private Optional<String> reason = Optional.empty();
  private boolean interrupted;
  private boolean undisturbed;
  private boolean ended;

  /** Something that must be whole once it has begun, such as writing a part of an answer. */
  @FunctionalInterface
  public interface Step {
    /**
     * @throws IOException when it cannot be done
     */
    void take() throws IOException;
  }

  /** It was called off. */
  public static final class CalledOff extends Exception {
    private static final long serialVersionUID = 1L;

    private CalledOff(String reason, Exception cause) {
      super(reason, cause);
    }

    /** Why. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Ends the run with a reason; does nothing when it has ended. The first reason counts. */
  public synchronized void callOff(String why) {
    if (!ended) {
      reason = reason.or(() -> Optional.of(why));
      interrupt();
    }
  }

  /** Ends the run with a reason, once a step that is {@link #undisturbed} is done. */
  public synchronized void callOffAfterStep(String why) {
    if (!ended) {
      reason = reason.or(() -> Optional.of(why));
      if (!undisturbed) {
        interrupt();
      }
    }
  }

  /**
   * Takes a step, on the run's thread, that {@link #callOffAfterStep} does not interrupt: a thread
   * that is interrupted while it writes closes what it writes to.
   *
   * @throws IOException what the step throws, or that the run was called off before it
   */
  public void undisturbed(Step step) throws IOException {
    synchronized (this) {
      if (reason.isPresent()) {
        throw new InterruptedIOException(reason.get());
      }
      undisturbed = true;
    }
    try {
      step.take();
    } finally {
      synchronized (this) {
        undisturbed = false;
        if (reason.isPresent()) {
          interrupt();
        }
      }
    }
  }

  private void interrupt() {
    if (!interrupted) {
      interrupted = true;
      thread.interrupt();
    }
  }

  /**
   * Also calls it off when the client of the request that was being answered where this was made
   * closes its connection. Costs a thread that waits for that, so it may be asked for once the run
   * has lasted a while, from any thread.
   */
  public synchronized void whenClientLeaves(String why) {
    if (!ended) {
      connection.ifPresent(c -> c.watch(() -> callOff(why)));
    }
  }

  /**
   * Runs the action on the thread that made this.
   *
   * @throws CalledOff when it was called off and therefore threw
   */
  public <T> T run(Callable<T> action) throws Exception {
    try {
      return action.call();
    } catch (Exception e) {
      Optional<String> why = end();
      if (why.isPresent()) {
        throw new CalledOff(why.get(), e);
      }
      throw e;
    } finally {
      end();
    }
  }

  private synchronized Optional<String> end() {
    if (!ended) {
      ended = true;
      connection.ifPresent(WatchedConnection::ignore);
      if (reason.isPresent()) {
        Thread.interrupted();
      }
    }
    return reason;
  }
}
