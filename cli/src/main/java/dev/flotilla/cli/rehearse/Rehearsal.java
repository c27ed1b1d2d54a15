package dev.flotilla.cli.rehearse;

import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.node.Supervisor;
import dev.flotilla.node.Time;
import dev.flotilla.node.Watching;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.limit.Limiter;
import dev.flotilla.node.log.LineWatcher;
import dev.flotilla.node.log.Logs;
import dev.flotilla.node.probe.BusCheck;
import dev.flotilla.node.probe.CommandCheck;
import dev.flotilla.node.probe.Prober;
import dev.flotilla.node.process.LinuxProcesses;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.run.AgentEnvironment;
import dev.flotilla.node.run.CommandRunner;
import dev.flotilla.node.run.Journal;
import dev.flotilla.node.run.Runners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The supervision of a node, in this process and without a bus, over the stand-ins of all machines
 * at once. Closing it ends every stand-in.
 */
public final class Rehearsal implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final LinuxProcesses processes;
  private final Prober prober;
  private final LineWatcher lines;
  private final Supervisor supervisor;

  /**
   * @param state an empty folder of this rehearsal's own, with the folders {@code agents} and
   *     {@code logs}
   * @param changes told every new status; must return at once
   */
  public Rehearsal(
      String fleet,
      Path state,
      Map<String, String> environment,
      int cores,
      Consumer<AgentStatus> changes) {
    ProcessTable table = new ProcessTable();
    processes = new LinuxProcesses(table);
    Logs logs = new Logs(state.resolve("logs"));
    AgentEnvironment variables =
        new AgentEnvironment(environment, fleet, state.toString(), () -> "", Wire::text);
    CommandRunner commands =
        new CommandRunner(
            processes,
            variables,
            agent -> Optional.empty(),
            logs,
            new Journal(state.resolve("agents"), table.bootId()),
            Limiter.none(),
            Clock.systemUTC());
    prober =
        new Prober(table, new CommandCheck(processes, variables), new BusCheck(Optional::empty));
    lines = new LineWatcher(logs);
    supervisor =
        new Supervisor(
            new Runners(commands, commands, commands),
            new Watching(prober, lines),
            Pace.forCores(cores),
            Time.system(),
            new SplittableRandom(),
            event -> {},
            changes);
  }

  /** The folders that a rehearsal keeps its state in. */
  public static Path folders(Path state) throws IOException {
    for (String part : List.of("agents", "logs", "marks")) {
      Files.createDirectories(state.resolve(part));
    }
    return state;
  }

  public void start(Map<AgentId, Agent> agents) {
    Map<AgentId, Orders.Placed> placed = new LinkedHashMap<>();
    agents.forEach((id, agent) -> placed.put(id, new Orders.Placed(agent, Cell.Place.HERE)));
    supervisor.apply(placed).join();
  }

  public List<AgentStatus> statuses() {
    return supervisor.statuses();
  }

  /**
   * Stops every stand-in, in reverse order.
   *
   * @return those that still have a process after half a minute
   */
  public List<AgentStatus> stop() {
    supervisor.order(Orders::down).join();
    long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
    List<AgentStatus> left = running();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
      left = running();
    }
    return left;
  }

  private List<AgentStatus> running() {
    return statuses().stream()
        .filter(a -> a.pid().isPresent() || a.state() == AgentState.STARTING)
        .toList();
  }

  @Override
  public void close() {
    if (!running().isEmpty()) {
      stop();
    }
    supervisor.close();
    prober.close();
    lines.close();
    processes.close();
  }
}
