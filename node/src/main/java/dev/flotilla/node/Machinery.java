package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Messaging;
import dev.flotilla.node.api.NodeControl;
import dev.flotilla.node.card.CardReader;
import dev.flotilla.node.container.ContainerEngine;
import dev.flotilla.node.container.ContainerRunner;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.host.HostAgents;
import dev.flotilla.node.host.HostedRunner;
import dev.flotilla.node.limit.Limiter;
import dev.flotilla.node.limit.SystemLimits;
import dev.flotilla.node.log.LineWatcher;
import dev.flotilla.node.log.LogRotator;
import dev.flotilla.node.log.Logs;
import dev.flotilla.node.log.Rotation;
import dev.flotilla.node.models.ModelRuns;
import dev.flotilla.node.probe.BusCheck;
import dev.flotilla.node.probe.CommandCheck;
import dev.flotilla.node.probe.Prober;
import dev.flotilla.node.process.LinuxProcesses;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.run.AgentEnvironment;
import dev.flotilla.node.run.BindPorts;
import dev.flotilla.node.run.CommandRunner;
import dev.flotilla.node.run.HeldPorts;
import dev.flotilla.node.run.Journal;
import dev.flotilla.node.run.Runner;
import dev.flotilla.node.run.Runners;
import dev.flotilla.node.run.Survivors;
import dev.flotilla.node.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The supervisor with all its parts, made for one state folder. */
final class Machinery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Machinery.class);

  /** A node is asked again and again until it answers. */
  private static final Messaging.Breaker ALWAYS =
      new Messaging.Breaker(1_000, Duration.ofSeconds(1), 1);

  private static final Duration LOG_LOOK = Duration.ofSeconds(2);

  private final NodeSettings settings;
  private final StateFolder folder;
  private final BusLink link;
  private final Time time = Time.system();
  private final ProcessTable table = new ProcessTable();
  private final LinuxProcesses processes = new LinuxProcesses(table);
  private final Limiter limiter;
  private final Logs logs;
  private final Journal journal;
  private final CommandRunner commands;
  private final ContainerRunner containers;
  private final HostedRunner services;
  private final Prober prober;
  private final LineWatcher lines;
  private final Supervisor supervisor;
  private final ModelRuns models;
  private final ModelDesk desk;
  private final Thread rotation;
  private volatile LoadedFleet loaded;
  private volatile Runnable applied = () -> {};

  Machinery(
      NodeSettings settings,
      StateFolder folder,
      LoadedFleet first,
      BusDoor door,
      BusLink link,
      CompletableFuture<Calls> calls,
      Consumer<AgentStatus> changes) {
    this.settings = settings;
    this.folder = folder;
    this.link = link;
    this.loaded = first;
    limiter = SystemLimits.find(first.fleet().name());
    logs = new Logs(folder.logs());
    journal = new Journal(folder.agents(), table.bootId());
    AgentEnvironment environment =
        new AgentEnvironment(
            settings.environment(),
            first.fleet().name(),
            folder.path().toString(),
            door::url,
            () -> loaded.fleet().messaging(),
            Wire::text);
    commands =
        new CommandRunner(
            processes,
            environment,
            new BindPorts(new HeldPorts(Path.of("/proc"))::holder),
            logs,
            journal,
            limiter,
            Clock.systemUTC());
    containers =
        new ContainerRunner(
            ContainerEngine.find(settings.environment()), commands, processes, environment);
    services = new HostedRunner(calls::join, processes, journal, Clock.systemUTC());
    prober =
        new Prober(table, new CommandCheck(processes, environment), new BusCheck(this::connection));
    lines = new LineWatcher(logs);
    supervisor =
        new Supervisor(
            new Runners(commands, services, containers),
            new Watching(prober, lines),
            Pace.forCores(Runtime.getRuntime().availableProcessors()),
            time,
            new SplittableRandom(),
            services::heard,
            status -> {
              changes.accept(status);
              publish(status);
            });
    models = new ModelRuns(folder.path());
    desk =
        new ModelDesk(
            this::loaded,
            supervisor,
            models,
            new CardReader(
                settings.environment().getOrDefault("FLOTILLA_NVML", CardReader.LIBRARY),
                folder.path().toString(),
                table));
    rotation = Thread.ofVirtual().name("log-rotation").start(this::keepLogsSmall);
  }

  private Optional<Bus> connection() {
    CompletableFuture<Bus> bus = link.bus();
    return bus.isDone() && !bus.isCompletedExceptionally()
        ? Optional.of(bus.join())
        : Optional.empty();
  }

  private void publish(AgentStatus status) {
    connection()
        .ifPresent(
            connected -> {
              try {
                connected.publish(
                    Message.of(
                        "flotilla.event.agent.%s.%s"
                            .formatted(status.id().machine(), status.id().name()),
                        Wire.json(status)));
              } catch (BusException e) {
                LOG.warn("an event of {} was not sent: {}", status.id(), e.getMessage());
              }
            });
  }

  /** Takes over what an earlier node left, then starts what is missing. */
  void begin() throws IOException {
    Map<AgentId, Orders.Placed> placed = placed(loaded);
    Map<AgentId, Agent> agents = new HashMap<>();
    placed.forEach((id, p) -> agents.put(id, p.agent()));
    Survivors.Found found =
        new Survivors(table, folder.path().toString())
            .find(journal.read(), Clock.systemUTC().instant());
    LOG.info("{} agents of an earlier node run", found.agents().size());
    supervisor.adopt(placed, () -> takeOver(found, agents)).join();
  }

  private void takeOver(Survivors.Found found, Map<AgentId, Agent> agents) {
    Moment now = time.now();
    Map<Runner, List<Journal.Entry>> byRunner = new HashMap<>();
    for (Journal.Entry entry : found.agents()) {
      Agent agent = agents.get(entry.agent());
      if (agent != null) {
        byRunner.computeIfAbsent(runner(agent), r -> new ArrayList<>()).add(entry);
      }
    }
    commands.adopt(byRunner.getOrDefault(commands, List.of()), agents, now, supervisor::tell);
    containers.adopt(byRunner.getOrDefault(containers, List.of()), agents, now, supervisor::tell);
    services.adopt(byRunner.getOrDefault(services, List.of()), agents, now, supervisor::tell);
    commands.endStrangers(found, agents);
  }

  private Runner runner(Agent agent) {
    return switch (agent.launch()) {
      case Launch.Command _ -> commands;
      case Launch.Image _ -> containers;
      case Launch.Service _ -> services;
    };
  }

  /** Begins to hear of the agents on other machines. */
  OtherMachines others(Bus connected) {
    Breakers open = new Breakers(ALWAYS, Clock.systemUTC());
    return new OtherMachines(
        connected,
        new BusCalls(connected, open, Clock.systemUTC()),
        this::loaded,
        supervisor::tell);
  }

  /** Whether any agent, hidden ones included, has or may have a process. */
  boolean busy() {
    return supervisor.busy();
  }

  /** Why there is no connection to the bus, for people; empty when there is one. */
  String trouble() {
    return link.trouble();
  }

  /** How limits are kept here, for people. */
  String limits() {
    return limiter.summary();
  }

  private Map<AgentId, Orders.Placed> placed(LoadedFleet fleet) {
    Map<AgentId, Orders.Placed> placed =
        HostAgents.placed(
            fleet.fleet(),
            fleet.machine(),
            group -> settings.hosts().of(group, fleet.machine(), folder.path(), fleet.request()));
    models
        .agents(fleet.fleet(), fleet.machine())
        .forEach(agent -> placed.put(agent.id(), new Orders.Placed(agent, Cell.Place.HERE)));
    return placed;
  }

  /** Puts a manifest in force. */
  void apply(LoadedFleet next) {
    loaded = next;
    supervisor.apply(placed(next)).join();
    applied.run();
  }

  /** What else is to happen when another manifest is put in force. */
  void whenApplied(Runnable action) {
    applied = action;
  }

  LoadedFleet loaded() {
    return loaded;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  NodeSettings settings() {
    return settings;
  }

  List<AgentStatus> statuses() {
    return supervisor.statuses();
  }

  /** Where the words of an agent are; a service's are in those of its JVM. */
  Path log(AgentId id) {
    Agent agent = loaded.fleet().agents().get(id);
    return logs.file(
        agent != null && agent.launch() instanceof Launch.Service
            ? HostAgents.id(agent.group(), id.machine())
            : id);
  }

  ModelDesk models() {
    return desk;
  }

  NodeControl control(Runnable end) {
    return new ControlledNode(this, end);
  }

  /** Looks after the size of logs until it is interrupted. */
  private void keepLogsSmall() {
    LogRotator rotator =
        new LogRotator(
            folder.logs(),
            Rotation.DEFAULT,
            (agent, text) -> supervisor.tell(new Event.Trouble(agent, text)));
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(LOG_LOOK);
        try {
          rotator.look();
        } catch (IOException e) {
          LOG.warn("the logs could not be looked after: {}", e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    rotation.interrupt();
    supervisor.close();
    prober.close();
    lines.close();
    processes.close();
  }
}
