package dev.flotilla.node.functional;

import static org.awaitility.Awaitility.await;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Launch;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.Supervisor;
import dev.flotilla.node.Time;
import dev.flotilla.node.Watching;
import dev.flotilla.node.container.ContainerEngine;
import dev.flotilla.node.container.ContainerRunner;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.limit.Limiter;
import dev.flotilla.node.limit.SystemLimits;
import dev.flotilla.node.log.LineWatcher;
import dev.flotilla.node.log.Logs;
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
import dev.flotilla.node.run.Runners;
import dev.flotilla.node.run.Survivors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A supervisor with real processes in a folder of its own. */
final class RealNode implements AutoCloseable {
  final ProcessTable table = new ProcessTable();
  final List<AgentStatus> changes = new CopyOnWriteArrayList<>();
  final Supervisor supervisor;
  final CommandRunner runner;
  final ContainerRunner containers;
  final Logs logs;
  private final LinuxProcesses processes = new LinuxProcesses(table);
  private final Prober prober;
  private final LineWatcher lines;
  private final Journal journal;
  private final Path state;

  RealNode(Path state) throws IOException {
    this(state, Limiter.none());
  }

  /** With limits kept as this machine can. */
  static RealNode limited(Path state) throws IOException {
    return new RealNode(state, SystemLimits.find("test-" + ProcessHandle.current().pid()));
  }

  private RealNode(Path state, Limiter limiter) throws IOException {
    this.state = state;
    Path agents = Files.createDirectories(state.resolve("agents"));
    logs = new Logs(Files.createDirectories(state.resolve("logs")));
    journal = new Journal(agents, table.bootId());
    AgentEnvironment environment =
        new AgentEnvironment(inherited(), "test", state.toString(), () -> "", Object::toString);
    runner =
        new CommandRunner(
            processes,
            environment,
            new BindPorts(new HeldPorts(Path.of("/proc"))::holder),
            logs,
            journal,
            limiter,
            Clock.systemUTC());
    containers =
        new ContainerRunner(ContainerEngine.find(System.getenv()), runner, processes, environment);
    prober =
        new Prober(table, new CommandCheck(processes, environment), new BusCheck(Optional::empty));
    lines = new LineWatcher(logs);
    supervisor =
        new Supervisor(
            new Runners(runner, runner, containers),
            new Watching(prober, lines),
            Pace.forCores(2),
            Time.system(),
            new Random(1),
            event -> {},
            changes::add);
  }

  void apply(Agent... agents) {
    apply(List.of(agents));
  }

  void apply(List<Agent> agents) {
    supervisor.apply(Fleets.manifest(agents)).join();
  }

  /** Takes over what an earlier node of the same folder left. */
  Survivors.Found adopt(Agent... agents) throws IOException {
    supervisor.apply(Map.of()).join();
    Survivors.Found found =
        new Survivors(table, state.toString()).find(journal.read(), Clock.systemUTC().instant());
    Map<AgentId, Agent> byId = new HashMap<>();
    for (Agent agent : agents) {
      byId.put(agent.id(), agent);
    }
    supervisor.adopt(Fleets.manifest(agents), () -> takeOver(found.agents(), byId)).join();
    return found;
  }

  private void takeOver(List<Journal.Entry> found, Map<AgentId, Agent> agents) {
    Map<Boolean, List<Journal.Entry>> images =
        found.stream()
            .filter(entry -> agents.containsKey(entry.agent()))
            .collect(
                Collectors.partitioningBy(
                    entry -> agents.get(entry.agent()).launch() instanceof Launch.Image));
    Moment now = Time.system().now();
    runner.adopt(images.getOrDefault(false, List.of()), agents, now, supervisor::tell);
    containers.adopt(images.getOrDefault(true, List.of()), agents, now, supervisor::tell);
  }

  private static Map<String, String> inherited() {
    Map<String, String> all = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    Optional.ofNullable(System.getenv("DOCKER_HOST"))
        .ifPresent(host -> all.put("DOCKER_HOST", host));
    return all;
  }

  Optional<AgentStatus> status(String name) {
    return supervisor.statuses().stream().filter(s -> s.id().name().equals(name)).findFirst();
  }

  AgentStatus awaitState(String name, AgentState state) {
    await(name + " " + state)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> status(name).filter(s -> s.state() == state).isPresent());
    return status(name).orElseThrow();
  }

  void down() {
    supervisor.order(Orders::down).join();
    await("all gone")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> supervisor.statuses().stream().allMatch(s -> s.pid().isEmpty()));
  }

  /** Processes that carry the mark of this folder, whoever started them. */
  List<String> left() {
    return table.snapshot().values().stream()
        .filter(info -> !info.zombie())
        .filter(
            info ->
                table.variable(info.pid(), "FLOTILLA_STATE").equals(Optional.of(state.toString())))
        .map(Object::toString)
        .toList();
  }

  /** Dies as by kill -9: nothing is stopped, nothing is told. */
  void die() {
    supervisor.close();
    prober.close();
    lines.close();
    processes.close();
  }

  @Override
  public void close() {
    down();
    die();
  }
}
