package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.core.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Asks running agents again and again, one virtual thread a probe. Questions start at the pace of
 * the interval, whether or not the one before was answered, so that a hung agent is found after
 * {@code interval × failures + timeout}. Thread-safe.
 */
public final class Prober implements AutoCloseable {
  private final Checks checks;
  private final Map<RunId, Watch> watches = new ConcurrentHashMap<>();

  public Prober(Checks checks) {
    this.checks = checks;
  }

  private record Watch(Agent agent, List<Thread> threads) {}

  /** Begins to ask a run, with the probes that the agent has now. */
  public void watch(Agent agent, RunId run, long pid, Consumer<Event> events) {
    List<Thread> threads =
        List.of(Event.Kind.READINESS, Event.Kind.LIVENESS).stream()
            .flatMap(
                kind ->
                    probe(agent, kind)
                        .map(probe -> new Asking(agent, run, pid, kind, probe, events))
                        .stream())
            .map(
                asking ->
                    Thread.ofVirtual()
                        .name("probe-" + agent.id().name())
                        .unstarted(() -> loop(asking)))
            .toList();
    Watch before = watches.put(run, new Watch(agent, threads));
    stop(Optional.ofNullable(before));
    threads.forEach(Thread::start);
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
  }

  private static void stop(Optional<Watch> watch) {
    watch.ifPresent(w -> w.threads().forEach(Thread::interrupt));
  }

  private static Optional<Probe> probe(Agent agent, Event.Kind kind) {
    return switch (kind) {
      case LIVENESS -> agent.liveness();
      case READINESS -> agent.readiness();
    };
  }

  private record Asking(
      Agent agent, RunId run, long pid, Event.Kind kind, Probe probe, Consumer<Event> events) {}

  private void loop(Asking asking) {
    Probe probe = asking.probe();
    boolean passed = false;
    int asked = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long start = System.nanoTime();
        asked++;
        if (passed && probe.timeout().compareTo(probe.interval()) > 0) {
          Thread.ofVirtual().start(() -> askApart(asking));
        } else {
          passed |= ask(asking).ok();
        }
        Duration pause = ProbeSchedule.next(probe, asked, passed);
        long rest = start + pause.toNanos() - System.nanoTime();
        if (rest > 0) {
          Thread.sleep(Duration.ofNanos(rest));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void askApart(Asking asking) {
    try {
      ask(asking);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer ask(Asking asking) throws InterruptedException {
    Answer answer =
        checks.ask(asking.agent(), asking.pid(), asking.probe().check(), asking.probe().timeout());
    if (!Thread.currentThread().isInterrupted()) {
      asking
          .events()
          .accept(new Event.Probed(asking.agent().id(), asking.run(), asking.kind(), answer));
    }
    return answer;
  }
}
