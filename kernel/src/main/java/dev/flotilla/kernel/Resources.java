package dev.flotilla.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody has open and closes all at once, the last opened first. One that cannot be closed
 * is logged and does not keep the others open. Thread-safe.
 */
public final class Resources implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Resources.class);

  private final String owner;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * @param owner as the log names it
   */
  public Resources(String owner) {
    this.owner = owner;
  }

  /** Closes it with the others. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    open.push(resource);
    return resource;
  }

  private synchronized Deque<AutoCloseable> taken() {
    Deque<AutoCloseable> all = new ArrayDeque<>(open);
    open.clear();
    return all;
  }

  /** Closes all that is open; what is kept afterwards waits for the next time. */
  @Override
  public void close() {
    for (AutoCloseable each : taken()) {
      try {
        each.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn("{} could not end cleanly.", owner, e);
      }
    }
  }
}
