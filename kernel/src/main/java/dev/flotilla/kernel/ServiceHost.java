package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Version;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the services of one group in this JVM, each started and stopped alone, and serves {@code
 * start}, {@code stop} and {@code status} on the bus as {@code host-<group>}. Thread-safe.
 */
public final class ServiceHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceHost.class);

  private final HostSettings settings;
  private final Map<String, HostedService> services = new LinkedHashMap<>();
  private final OperationServer operations;

  /**
   * Makes the host and begins to answer on the bus; starts no service yet.
   *
   * @param agents those of the group on this machine; each is launched as a service
   * @param factories by the name {@code service:} gives
   * @param bus closed by whoever opened it, after the host
   */
  public ServiceHost(
      HostSettings settings,
      List<Agent> agents,
      Map<String, ServiceFactory<?>> factories,
      Bus bus,
      Flags flags,
      Clock clock,
      Timers timers) {
    this.settings = settings;
    for (Agent agent : agents) {
      services.put(
          agent.id().name(),
          new HostedService(settings, agent, factories, bus, flags, clock, timers));
    }
    Dispatcher dispatcher =
        new Dispatcher(
            "host-" + settings.group(),
            List.of(
                Operation.of("start", HostStatus.Which.class, HostStatus.class, this::start)
                    .summary("Starts one service of the group; does nothing when it runs."),
                Operation.of("stop", HostStatus.Which.class, HostStatus.class, this::stop)
                    .summary("Stops one service of the group; does nothing when it is stopped."),
                Operation.of("status", Operation.Nothing.class, HostStatus.class, none -> status())
                    .summary("Tells how every service of the group is.")),
            clock,
            new OperationMetrics(new Metrics()));
    operations =
        OperationServer.start(
            bus,
            dispatcher,
            Version.CURRENT,
            settings.machine() + "-" + ProcessHandle.current().pid(),
            clock);
  }

  /** Starts all services at once and waits until each runs or has failed. */
  public HostStatus startAll() {
    List<Thread> starting =
        services.values().stream()
            .map(service -> Thread.ofVirtual().name("start").start(service::start))
            .toList();
    for (Thread thread : starting) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return status();
  }

  public HostStatus start(HostStatus.Which which) {
    find(which).start();
    return status();
  }

  public HostStatus stop(HostStatus.Which which) {
    find(which).stop();
    return status();
  }

  public HostStatus status() {
    return new HostStatus(
        settings.group(),
        ProcessHandle.current().pid(),
        services.values().stream().map(HostedService::status).toList());
  }

  private HostedService find(HostStatus.Which which) {
    HostedService found = services.get(which.agent());
    if (found == null) {
      throw Failure.badRequest(
              "agent",
              "\"" + which.agent() + "\"",
              "one of " + String.join(", ", services.keySet()),
              "Name an agent of the group " + settings.group() + ".")
          .exception();
    }
    return found;
  }

  /**
   * Makes SIGTERM and SIGINT close this host before the JVM ends.
   *
   * @param afterwards what else is to be closed then, such as the bus
   */
  public void closeAtExit(AutoCloseable afterwards) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("close host")
                .unstarted(
                    () -> {
                      close();
                      try {
                        afterwards.close();
                      } catch (Exception e) {
                        log.warn("Closing what the host used failed.", e);
                      }
                    }));
  }

  /** Stops every service, the last of the manifest first. */
  @Override
  public void close() {
    operations.close();
    services.values().stream().toList().reversed().forEach(HostedService::stop);
  }
}
