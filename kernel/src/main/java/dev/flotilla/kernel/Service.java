package dev.flotilla.kernel;

import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import java.util.List;

/**
 * One of Flotilla's own agents, running: there is none before {@link ServiceFactory} has started it
 * and none after its end; a restart makes a new one. It ends when what it gave to {@link
 * ServiceContext#keep} is closed. All of this is called from many threads at once.
 */
public interface Service {

  /**
   * Whether it works. Called with every probe, so it looks at what is known and does not ask
   * others.
   */
  default Health health() {
    return Health.ok();
  }

  /** Whether it may be given work; not ready is shown, not restarted. */
  default Health readiness() {
    return health();
  }

  /** What it answers, on the bus and over HTTP. Called once. */
  default List<Operation<?, ?>> operations() {
    return List.of();
  }

  /** Adds pages and streams of its own to its listener. Called once. */
  default void routes(Routes routes) {}

  /**
   * Finishes what is under way while its listener still answers, and takes nothing new; called
   * first when it ends. Returns within the grace its agent is stopped with.
   */
  default void drain() {}
}
