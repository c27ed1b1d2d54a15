package dev.flotilla.kernel.fleet;

import dev.flotilla.kernel.ServiceContext;
import java.util.Optional;

/**
 * Keeps a {@link FleetView} up to date for all services of one JVM: by the nodes' events, and every
 * few seconds by asking each node for all it knows, which also shows whether the node is there.
 * Works while somebody follows it. Thread-safe.
 */
public final class FleetWatch {
  private final Object turn = new Object();
  private Optional<Watching> watching = Optional.empty();
  private int followers;

  /** Is told of every change, one at a time and in order; must not block for long. */
  @FunctionalInterface
  public interface Listener {
    void changed(FleetView before, FleetView after);
  }

  /** Ends when it is closed. */
  public interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Tells the listener of all that is known, and from then on of every change. The first to follow
   * makes the nodes be asked, and returns once those have answered that do so at once.
   */
  public Following follow(ServiceContext context, Listener listener) {
    synchronized (turn) {
      Watching now = watching.orElseGet(() -> new Watching(context));
      if (watching.isEmpty()) {
        now.start();
        watching = Optional.of(now);
      }
      followers++;
      now.join(listener);
      return () -> leave(now, listener);
    }
  }

  private void leave(Watching left, Listener listener) {
    synchronized (turn) {
      if (left.leave(listener) && --followers == 0) {
        left.close();
        watching = Optional.empty();
      }
    }
  }
}
