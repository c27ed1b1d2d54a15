package dev.flotilla.kernel.http;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Something that runs on its caller's thread and that others may call off: what it waits for is
 * interrupted, which closes the socket it waits at. Thread-safe; for one run.
 */
public final class CallOff {
  private final Thread thread = Thread.currentThread();
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

  /** Also calls it off when the client of the request being answered closes its connection. */
  public void whenClientLeaves(String why) {
    if (WatchedSelector.CONNECTION.isBound()) {
      WatchedSelector.CONNECTION.get().watch(() -> callOff(why));
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
      if (WatchedSelector.CONNECTION.isBound()) {
        WatchedSelector.CONNECTION.get().ignore();
      }
      if (reason.isPresent()) {
        Thread.interrupted();
      }
    }
    return reason;
  }
}
