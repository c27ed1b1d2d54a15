package dev.flotilla.node;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Need;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.core.Phase;
import dev.flotilla.node.core.Reconciler;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.core.StatusOf;
import dev.flotilla.node.core.Transition;
import dev.flotilla.node.run.Runner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Everything a supervisor knows, and the one place that changes it: folds events and orders in, has
 * the due actions carried out, and tells what became visible. For one thread; the supervisor owns
 * it.
 */
final class Control {
  private final Runner runner;
  private final Watcher watcher;
  private final Pace pace;
  private final RandomGenerator random;
  private final Consumer<Event> events;
  private final Consumer<AgentStatus> changes;
  private final Map<AgentId, AgentStatus> statuses = new LinkedHashMap<>();
  private Map<AgentId, Cell> world = new LinkedHashMap<>();
  private Map<AgentId, List<AgentId>> dependents = Map.of();
  private Set<AgentId> manifest = Set.of();
  private Set<AgentId> dirty = new LinkedHashSet<>();

  /** Looks at running agents: their probes and the lines of their logs. */
  interface Watcher {
    void watch(Agent agent, RunId run, long pid, Set<String> lines, Consumer<Event> events);

    void unwatch(RunId run);

    /** Whether it looks at this run as this agent says. */
    boolean watches(RunId run, Agent agent);
  }

  Control(
      Runner runner,
      Watcher watcher,
      Pace pace,
      RandomGenerator random,
      Consumer<Event> events,
      Consumer<AgentStatus> changes) {
    this.runner = runner;
    this.watcher = watcher;
    this.pace = pace;
    this.random = random;
    this.events = events;
    this.changes = changes;
  }

  Map<AgentId, Cell> world() {
    return world;
  }

  /** Whether any agent has or may have a process. */
  boolean busy() {
    return world.values().stream()
        .anyMatch(cell -> cell.busy() && cell.place() != Cell.Place.ELSEWHERE);
  }

  Collection<AgentStatus> statuses() {
    return statuses.values();
  }

  /** Takes a manifest as what is to run. */
  void apply(Map<AgentId, Orders.Placed> placed) {
    manifest = Set.copyOf(placed.keySet());
    replace(Orders.apply(world, placed));
    Map<AgentId, List<AgentId>> index = new HashMap<>();
    for (Cell cell : world.values()) {
      for (Need need : cell.agent().needs()) {
        index.computeIfAbsent(need.agent(), id -> new ArrayList<>()).add(cell.id());
      }
    }
    dependents = index;
  }

  /** Takes one more agent, until it leaves or another manifest is taken without it. */
  void join(Orders.Placed placed) {
    Set<AgentId> more = new HashSet<>(manifest);
    more.add(placed.agent().id());
    manifest = Set.copyOf(more);
    replace(Orders.join(world, placed));
  }

  /** Has an agent end that joined, and forgets it then. */
  void leave(AgentId id) {
    manifest = manifest.stream().filter(other -> !other.equals(id)).collect(Collectors.toSet());
    replace(Orders.stop(world, id));
  }

  /** Takes an order of somebody. */
  void order(UnaryOperator<Map<AgentId, Cell>> order) {
    replace(order.apply(world));
  }

  private void replace(Map<AgentId, Cell> next) {
    next.forEach(
        (id, cell) -> {
          if (!cell.equals(world.get(id))) {
            dirty.add(id);
          }
        });
    world.keySet().stream().filter(id -> !next.containsKey(id)).forEach(dirty::add);
    world = new LinkedHashMap<>(next);
  }

  /** Takes note of something that happened. */
  void happened(Event event, Moment now) {
    Cell before = world.get(event.agent());
    if (before == null) {
      return;
    }
    put(before, Transition.after(before, event, now, random.nextDouble()));
  }

  private void put(Cell before, Cell after) {
    if (before.equals(after)) {
      return;
    }
    world.put(after.id(), after);
    dirty.add(after.id());
    Optional<Phase.Run> ran = before.run();
    Optional<Phase.Run> runs = after.run();
    if (ran.isPresent() && !ran.map(Phase.Run::id).equals(runs.map(Phase.Run::id))) {
      watcher.unwatch(ran.get().id());
    }
    Optional<Instant> readyAt = runs.flatMap(Phase.Run::readyAt);
    if (readyAt.isPresent() && ran.flatMap(Phase.Run::readyAt).isEmpty()) {
      runner.ready(after.id(), readyAt.get());
    }
  }

  /** Does what is due now. */
  void act(Moment now) {
    while (true) {
      List<Action> actions = Reconciler.actions(world, pace, now, spec -> RunId.next(random, spec));
      if (actions.isEmpty()) {
        break;
      }
      for (Action action : actions) {
        Cell before = world.get(action.agent());
        if (before != null) {
          put(before, Transition.begun(before, action, now));
          carryOut(action);
        }
      }
    }
    watchAsManifestSays();
    if (world.size() > manifest.size()) {
      replace(Orders.prune(world, manifest));
    }
    publish(now);
  }

  private void carryOut(Action action) {
    switch (action) {
      case Action.Launch launch -> runner.launch(launch, events);
      case Action.Terminate end -> {
        watcher.unwatch(end.run().id());
        runner.terminate(end);
      }
    }
  }

  private void watchAsManifestSays() {
    for (AgentId id : dirty) {
      Cell cell = world.get(id);
      if (cell != null
          && cell.place() != Cell.Place.ELSEWHERE
          && cell.phase() instanceof Phase.Up up
          && !watcher.watches(up.run().id(), cell.agent())) {
        watcher.watch(cell.agent(), up.run().id(), up.run().pid(), linesWaitedFor(id), events);
      }
    }
  }

  private Set<String> linesWaitedFor(AgentId id) {
    Set<String> lines = new HashSet<>();
    for (AgentId dependent : dependents.getOrDefault(id, List.of())) {
      Cell cell = world.get(dependent);
      if (cell != null) {
        for (Need need : cell.agent().needs()) {
          if (need.agent().equals(id) && need.condition() instanceof Need.LogLine line) {
            lines.add(line.text());
          }
        }
      }
    }
    return lines;
  }

  /** When time alone makes something due. */
  Optional<Moment> nextWake(Moment now) {
    return Reconciler.nextWake(world, pace, now);
  }

  private void publish(Moment now) {
    Set<AgentId> affected = new LinkedHashSet<>(dirty);
    dirty.forEach(id -> affected.addAll(dependents.getOrDefault(id, List.of())));
    dirty = new LinkedHashSet<>();
    for (AgentId id : affected) {
      Cell cell = world.get(id);
      if (cell == null) {
        statuses.remove(id);
      } else if (cell.place() == Cell.Place.HERE) {
        publish(cell, now);
      }
    }
  }

  private void publish(Cell cell, Moment now) {
    AgentStatus before = statuses.get(cell.id());
    StatusOf.Verdict verdict = StatusOf.cell(cell, world, now);
    Optional<Phase.Run> run = cell.run();
    Instant since =
        before != null && before.state() == verdict.state() ? before.since() : now.wall();
    AgentStatus status =
        new AgentStatus(
            cell.id(),
            cell.agent().group(),
            verdict.state(),
            verdict.reason(),
            run.map(Phase.Run::pid),
            cell.agent().ports(),
            cell.agent().required(),
            since,
            run.map(r -> r.started().wall()),
            run.flatMap(Phase.Run::readyAt),
            verdict.startsAgain(),
            cell.history().restarts(),
            cell.lastExit());
    if (!status.equals(before)) {
      statuses.put(cell.id(), status);
      changes.accept(status);
    }
  }
}
