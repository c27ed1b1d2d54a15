package dev.flotilla.cli.wiring;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.flags.FlagOperations;
import dev.flotilla.kernel.flags.FlagStore;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.Flag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The flag store of a fleet, served on the bus by the node. */
final class FlagDesk implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final FlagStore store;
  private final OperationServer server;
  private final Timers.Timer looks;
  private Map<String, Flag> defined;

  private FlagDesk(
      FlagStore store, OperationServer server, Timers timers, Supplier<Map<String, Flag>> flags) {
    this.store = store;
    this.server = server;
    this.defined = flags.get();
    this.looks = timers.every(LOOK, () -> look(flags.get()));
  }

  /**
   * @param flags of the manifest in force, asked again and again: another may be put in force
   */
  static FlagDesk open(
      Path state, Supplier<Map<String, Flag>> flags, Bus bus, Timers timers, String version)
      throws IOException {
    Clock clock = Clock.systemUTC();
    FlagStore store = FlagStore.open(state, flags.get(), bus, clock);
    Dispatcher dispatcher =
        new Dispatcher(
            FlagOperations.SERVICE,
            FlagOperations.of(store),
            clock,
            new OperationMetrics(new Metrics()));
    OperationServer server =
        OperationServer.start(
            bus, dispatcher, version, "flags-" + ProcessHandle.current().pid(), clock);
    return new FlagDesk(store, server, timers, flags);
  }

  private synchronized void look(Map<String, Flag> now) {
    if (!now.equals(defined)) {
      defined = now;
      store.define(now);
    }
  }

  @Override
  public void close() {
    looks.close();
    server.close();
    store.close();
  }
}
