package dev.flotilla.kernel.http;

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
  private boolean ended;

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
    if (!ended && reason.isEmpty()) {
      reason = Optional.of(why);
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
