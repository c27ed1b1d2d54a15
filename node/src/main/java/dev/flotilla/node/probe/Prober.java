package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.ProcessTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks running agents again and again. Questions start at the pace of the interval, whether or not
 * the one before was answered, so that a hung agent is found after {@code interval × failures +
 * timeout}. Thread-safe.
 */
public final class Prober implements AutoCloseable {
  private final SocketLoop loop = new SocketLoop();
  private final Checks checks;
  private final Map<RunId, Watch> watches = new ConcurrentHashMap<>();

  public Prober(ProcessTable table, CommandCheck commands, BusCheck bus) {
    this.checks = new SystemChecks(loop, table, commands, bus);
  }

  private record Watch(Agent agent, List<Asking> questions) {}

  /** Begins to ask a run, with the probes that the agent has now. */
  public void watch(Agent agent, RunId run, long pid, Consumer<Event> events) {
    List<Asking> questions =
        Stream.of(Event.Kind.READINESS, Event.Kind.LIVENESS)
            .flatMap(
                kind ->
                    probe(agent, kind)
                        .map(
                            probe ->
                                new Asking(
                                    loop,
                                    probe,
                                    () -> checks.ask(agent, pid, probe.check(), probe.timeout()),
                                    answer ->
                                        events.accept(
                                            new Event.Probed(agent.id(), run, kind, answer))))
                        .stream())
            .toList();
    Watch before = watches.put(run, new Watch(agent, questions));
    stop(Optional.ofNullable(before));
    questions.forEach(asking -> loop.execute(asking::ask));
  }

  /** Ends the questions to a run. */
  public void unwatch(RunId run) {
    stop(Optional.ofNullable(watches.remove(run)));
  }

  /** Whether a run is asked as this agent says. */
  public boolean watches(RunId run, Agent agent) {
    Watch watch = watches.get(run);
    return watch != null
        && watch.agent().liveness().equals(agent.liveness())
        && watch.agent().readiness().equals(agent.readiness());
  }

  @Override
  public void close() {
    watches.keySet().forEach(this::unwatch);
    loop.close();
  }

  private void stop(Optional<Watch> watch) {
    watch.ifPresent(
        w -> w.questions().stream().filter(Asking::end).forEach(a -> loop.execute(a::cancel)));
  }

  private static Optional<Probe> probe(Agent agent, Event.Kind kind) {
    return switch (kind) {
      case LIVENESS -> agent.liveness();
      case READINESS -> agent.readiness();
    };
  }
}
