package dev.flotilla.node;

import dev.flotilla.model.Agent;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.log.LineWatcher;
import dev.flotilla.node.probe.Prober;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at running agents by probing them and by reading their logs. Thread-safe. */
public final class Watching implements Control.Watcher {
  private final Prober prober;
  private final LineWatcher lines;

  public Watching(Prober prober, LineWatcher lines) {
    this.prober = prober;
    this.lines = lines;
  }

  @Override
  public void watch(Agent agent, RunId run, long pid, Set<String> texts, Consumer<Event> events) {
    prober.watch(agent, run, pid, events);
    lines.watch(agent.id(), run, texts, events);
  }

  @Override
  public void unwatch(RunId run) {
    prober.unwatch(run);
    lines.unwatch(run);
  }

  @Override
  public boolean watches(RunId run, Agent agent) {
    return prober.watches(run, agent);
  }
}
