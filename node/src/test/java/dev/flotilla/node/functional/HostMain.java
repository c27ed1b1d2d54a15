package dev.flotilla.node.functional;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.Service;
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

  private record Quiet() implements Service {}

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
                "One", ServiceFactory.of("One", (none, context) -> new Quiet()),
                "Two", ServiceFactory.of("Two", (none, context) -> new Quiet())),
            bus,
            Flags.fixed(Map.of()),
            Clock.systemUTC(),
            timers);
    host.closeAtExit(bus);
    new CountDownLatch(1).await();
  }
}
