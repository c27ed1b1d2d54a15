package dev.flotilla.kernel;

import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import java.util.List;

/**
 * One of Flotilla's own agents. Made by its {@link ServiceFactory}, started once, closed once; a
 * restart makes a new one. Everything but {@link #start} and {@link #close} is called from many
 * threads at once.
 */
public interface Service extends AutoCloseable {

  /**
   * Its name on the bus, such as {@code ServiceRegistry}: letters, digits, {@code -}, {@code _}.
   */
  String name();

  /** Semantic version, such as {@code 0.1.0}. */
  String version();

  /**
   * Makes it ready to answer. Returns once it is, or throws; then it is closed and shown failed
   * with the message of what was thrown. Operations and routes are served only after it returns.
   */
  void start(ServiceContext context) throws Exception;

  /**
   * Whether it works. Called with every probe, so it looks at what is known and does not ask
   * others.
   */
  Health health();

  /** Whether it may be given work; not ready is shown, not restarted. */
  default Health readiness() {
    return health();
  }

  /** What it answers, on the bus and over HTTP. Called once after {@link #start}. */
  default List<Operation<?, ?>> operations() {
    return List.of();
  }

  /** Adds pages and streams of its own to its listener. Called once after {@link #start}. */
  default void routes(Routes routes) {}

  /** Ends it: stops taking work, writes what must be kept, ends its threads. Never throws. */
  @Override
  void close();
}
