package dev.flotilla.cli.wiring;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.NatsBus;
import dev.flotilla.kernel.HostSettings;
import dev.flotilla.kernel.ServiceHost;
import dev.flotilla.kernel.flags.FlagClient;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.time.SystemTimers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The process of one group: its services, each started and stopped by the node over the bus. */
public final class HostProcess {
  /** What a shell says of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private final Fleet fleet;
  private final String machine;
  private final String group;
  private final Path state;
  private final OpenPlans plans;

  /**
   * @param directory of the fleet's manifest
   */
  public HostProcess(Fleet fleet, String machine, String group, Path state, Path directory) {
    this.plans = new OpenPlans(directory, System.getenv());
    this.fleet = fleet;
    this.machine = machine;
    this.group = group;
    this.state = state;
  }

  /** Runs until the process is told to end. */
  public void run(String busUrl) throws InterruptedException {
    Bus bus = NatsBus.connect(BusOptions.of(busUrl, "host-" + group));
    SystemTimers timers = new SystemTimers();
    Clock clock = Clock.systemUTC();
    BusCalls calls = new BusCalls(bus, new Breakers(fleet.messaging().breaker(), clock), clock);
    FlagClient flags = new FlagClient(bus, calls, timers, fleet.flags());
    ServiceHost host =
        new ServiceHost(
            new HostSettings(fleet.name(), machine, group, state, fleet.messaging()),
            services(),
            Services.factories(plans),
            bus,
            flags,
            clock,
            timers);
    host.closeAtExit(
        () -> {
          flags.close();
          timers.close();
          bus.close();
          if (!JvmCommand.trains()) {
            Ending.now(TERMINATED);
          }
        });
    new CountDownLatch(1).await();
  }

  private List<Agent> services() {
    return fleet.agentsOn(machine).stream()
        .filter(agent -> agent.group().equals(group))
        .filter(agent -> agent.launch() instanceof Launch.Service)
        .toList();
  }
}
