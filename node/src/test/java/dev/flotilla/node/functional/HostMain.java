package dev.flotilla.node.functional;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The JVM of a group with services that do nothing. */
final class HostMain {
  private HostMain() {}

  private record Quiet(String name) implements Service {
    @Override
    public String version() {
      return "0.1.0";
    }

    @Override
    public void start(ServiceContext context) {}

    @Override
    public Health health() {
      return Health.ok();
    }

    @Override
    public void close() {}
  }

  public static void main(String[] args) throws InterruptedException {
    Result<Fleet> read = ManifestLoader.load(Path.of(args[3]), LoadOptions.of(System.getenv()));
    if (!(read instanceof Result.Ok<Fleet>(Fleet fleet, var warnings))) {
      throw new IllegalStateException(read.toString());
    }
    Bus bus = NatsBus.connect(BusOptions.of(System.getenv("FLOTILLA_BUS_URL"), "host"));
    SystemTimers timers = new SystemTimers();
    ServiceHost host =
        new ServiceHost(
            new HostSettings(fleet.name(), args[1], args[0], Path.of(args[2])),
            fleet.agentsOn(args[1]).stream()
                .filter(agent -> agent.launch() instanceof Launch.Service)
                .toList(),
            Map.of(
                "One", ServiceFactory.of("One", () -> new Quiet("One")),
                "Two", ServiceFactory.of("Two", () -> new Quiet("Two"))),
            bus,
            Flags.fixed(Map.of()),
            Clock.systemUTC(),
            timers);
    host.closeAtExit(bus);
    new CountDownLatch(1).await();
  }
}
