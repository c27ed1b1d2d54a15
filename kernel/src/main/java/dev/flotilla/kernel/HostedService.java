package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent of a host through its starts and stops. Thread-safe; starts and stops take turns. */
final class HostedService {
  private static final Logger log = LoggerFactory.getLogger(ServiceHost.class);

  private final HostSettings settings;
  private final Agent agent;
  private final Map<String, ServiceFactory<?>> factories;
  private final Bus bus;
  private final Flags flags;
  private final Clock clock;
  private final Timers timers;
  private final Object turn = new Object();
  private volatile Stage stage = new Stopped();

  HostedService(
      HostSettings settings,
      Agent agent,
      Map<String, ServiceFactory<?>> factories,
      Bus bus,
      Flags flags,
      Clock clock,
      Timers timers) {
    this.settings = settings;
    this.agent = agent;
    this.factories = factories;
    this.bus = bus;
    this.flags = flags;
    this.clock = clock;
    this.timers = timers;
  }

  private sealed interface Stage {}

  private record Starting() implements Stage {}

  private record Running(RunningService service) implements Stage {}

  private record Stopped() implements Stage {}

  private record Failed(String reason) implements Stage {}

  void start() {
    synchronized (turn) {
      if (stage instanceof Running) {
        return;
      }
      stage = new Starting();
      stage = launch();
      if (stage instanceof Failed(String reason)) {
        log.error("{} did not start: {}", agent.id(), reason);
      }
    }
  }

  void stop() {
    synchronized (turn) {
      Stage before = stage;
      stage = new Stopped();
      if (before instanceof Running(RunningService service)) {
        service.close();
      }
    }
  }

  HostStatus.Hosted status() {
    return switch (stage) {
      case Starting now -> hosted(HostStatus.State.STARTING, "");
      case Stopped now -> hosted(HostStatus.State.STOPPED, "");
      case Failed(String reason) -> hosted(HostStatus.State.FAILED, reason);
      case Running(RunningService service) -> {
        Health health = service.health();
        yield new HostStatus.Hosted(
            agent.id().name(),
            serviceName(),
            HostStatus.State.RUNNING,
            String.join("; ", health.why()),
            Optional.of(health.status()),
            service.port());
      }
    };
  }

  private Stage launch() {
    ServiceFactory<?> factory = factories.get(serviceName());
    if (factory == null) {
      return new Failed(
          agent.where()
              + ": found service \""
              + serviceName()
              + "\"; expected one of "
              + String.join(", ", factories.keySet()));
    }
    return switch (factory.configured(agent)) {
      case Result.Failed<ServiceFactory.Configured>(var problems) ->
          new Failed(
              problems.stream().map(HostedService::sentence).collect(Collectors.joining("; ")));
      case Result.Ok<ServiceFactory.Configured>(var configured, var warnings) -> launch(configured);
    };
  }

  private Stage launch(ServiceFactory.Configured configured) {
    try {
      return new Running(
          RunningService.start(configured, settings, agent, bus, flags, clock, timers));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("the start was interrupted");
    } catch (Exception e) {
      log.debug("{} threw at its start.", agent.id(), e);
      return new Failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private HostStatus.Hosted hosted(HostStatus.State state, String reason) {
    return new HostStatus.Hosted(
        agent.id().name(), serviceName(), state, reason, Optional.empty(), Optional.empty());
  }

  private String serviceName() {
    return agent.launch() instanceof Launch.Service(String name, var listen)
        ? name
        : agent.id().name();
  }

  private static String sentence(Problem problem) {
    return problem.where()
        + ": found "
        + problem.found()
        + ", expected "
        + problem.expected()
        + ". "
        + problem.advice();
  }
}
