package dev.flotilla.node;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.core.Phase;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.run.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A supervisor's control over processes that do what a test says, with a clock that the test moves.
 * Keeps its own books of what runs, apart from what the control believes.
 */
final class ScriptedFleet {
  final FakeTime time = new FakeTime();
  final Map<AgentId, Scripted> processes = new LinkedHashMap<>();
  final List<Action> actions = new ArrayList<>();
  final List<AgentStatus> changes = new ArrayList<>();
  final Control control;
  private final Deque<Event> pending = new ArrayDeque<>();
  private Consumer<Action> check = action -> {};
  private long pids = 100;

  /** What runs according to the script. */
  static final class Scripted {
    final Agent agent;
    final RunId run;
    boolean started;
    boolean ready;
    boolean told;
    int failures;

    Scripted(Agent agent, RunId run) {
      this.agent = agent;
      this.run = run;
    }
  }

  ScriptedFleet(Pace pace, long seed) {
    control =
        new Control(
            new ScriptedRunner(),
            new NoWatcher(),
            pace,
            new Random(seed),
            pending::add,
            changes::add);
  }

  ScriptedFleet() {
    this(new Pace(1000, Duration.ofSeconds(2)), 1);
  }

  private final class ScriptedRunner implements Runner {
    @Override
    public void launch(Action.Launch launch, Consumer<Event> events) {
      check.accept(launch);
      actions.add(launch);
      if (processes.put(launch.agent(), new Scripted(launch.what(), launch.run())) != null) {
        throw new AssertionError(launch.agent() + " was started twice");
      }
    }

    @Override
    public void terminate(Action.Terminate order) {
      check.accept(order);
      actions.add(order);
      Scripted process = processes.get(order.agent());
      if (process == null || !process.run.equals(order.run().id())) {
        throw new AssertionError(order.agent() + " was told to end and does not run");
      }
      process.told = true;
    }

    @Override
    public void ready(AgentId agent, Instant at) {}
  }

  /** Watches nothing; the script tells what probes see. */
  private static final class NoWatcher implements Control.Watcher {
    @Override
    public void watch(
        Agent agent, RunId run, long pid, Set<String> lines, Consumer<Event> events) {}

    @Override
    public void unwatch(RunId run) {}

    @Override
    public boolean watches(RunId run, Agent agent) {
      return false;
    }
  }

  /** Called before every action is carried out. */
  void checking(Consumer<Action> by) {
    check = by;
  }

  void apply(Agent... agents) {
    control.apply(Fleets.manifest(agents));
    settle();
  }

  void apply(List<Agent> agents) {
    control.apply(Fleets.manifest(agents));
    settle();
  }

  void order(UnaryOperator<Map<AgentId, Cell>> order) {
    control.order(order);
    settle();
  }

  /** Lets the control do all that is due at this moment. */
  void settle() {
    do {
      Moment now = time.now();
      while (!pending.isEmpty()) {
        control.happened(pending.poll(), now);
      }
      control.act(now);
    } while (!pending.isEmpty());
  }

  /** Lets time pass in the steps that the control itself would wake up at. */
  void pass(Duration duration) {
    Moment end = time.now().plus(duration);
    while (true) {
      Optional<Moment> wake = control.nextWake(time.now()).filter(w -> !w.reached(end));
      if (wake.isEmpty()) {
        break;
      }
      time.advance(wake.get().since(time.now()));
      settle();
    }
    time.advance(end.since(time.now()));
    settle();
  }

  void started(String name) {
    Scripted process = process(name);
    process.started = true;
    pending.add(new Event.Started(process.agent.id(), process.run, pids++, ""));
    settle();
  }

  void refused(String name, String why, boolean retry) {
    Scripted process = process(name);
    processes.remove(Fleets.id(name));
    pending.add(new Event.Refused(process.agent.id(), process.run, why, retry));
    settle();
  }

  void ready(String name) {
    probed(name, Answer.OK);
  }

  void probed(String name, Answer answer) {
    Scripted process = process(name);
    process.failures = answer.ok() ? 0 : process.failures + 1;
    process.ready = answer.ok() || (process.ready && process.failures < Fleets.FAILURES);
    pending.add(new Event.Probed(process.agent.id(), process.run, Event.Kind.LIVENESS, answer));
    settle();
  }

  void up(String name) {
    started(name);
    ready(name);
  }

  void exits(String name, Exit exit) {
    Scripted process = process(name);
    processes.remove(Fleets.id(name));
    pending.add(new Event.Gone(process.agent.id(), process.run, exit, ""));
    settle();
  }

  Scripted process(String name) {
    return Optional.ofNullable(processes.get(Fleets.id(name)))
        .orElseThrow(() -> new AssertionError(name + " was not started"));
  }

  boolean runs(String name) {
    return processes.containsKey(Fleets.id(name));
  }

  AgentStatus status(String name) {
    return control.statuses().stream()
        .filter(s -> s.id().equals(Fleets.id(name)))
        .findFirst()
        .orElseThrow();
  }

  Phase phase(String name) {
    return Optional.ofNullable(control.world().get(Fleets.id(name))).orElseThrow().phase();
  }
}
