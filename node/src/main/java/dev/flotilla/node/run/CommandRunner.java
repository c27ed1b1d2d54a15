package dev.flotilla.node.run;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.limit.Limiter;
import dev.flotilla.node.log.Logs;
import dev.flotilla.node.process.ProcessSpec;
import dev.flotilla.node.process.Processes;
import dev.flotilla.node.process.SpawnException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs agents that are commands. */
public final class CommandRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private final Processes processes;
  private final AgentEnvironment environment;
  private final Ports ports;
  private final Logs logs;
  private final Journal journal;
  private final Limiter limiter;
  private final Clock clock;
  private final Map<AgentId, Journal.Entry> entries = new ConcurrentHashMap<>();

  public CommandRunner(
      Processes processes,
      AgentEnvironment environment,
      Ports ports,
      Logs logs,
      Journal journal,
      Limiter limiter,
      Clock clock) {
    this.processes = processes;
    this.environment = environment;
    this.ports = ports;
    this.logs = logs;
    this.journal = journal;
    this.limiter = limiter;
    this.clock = clock;
  }

  @Override
  public void launch(Action.Launch launch, Consumer<Event> events) {
    Agent agent = launch.what();
    if (!(agent.launch() instanceof Launch.Command command)) {
      throw new IllegalArgumentException(agent.id() + " is not a command");
    }
    Optional<String> held = ports.held(agent);
    if (held.isPresent()) {
      events.accept(new Event.Refused(agent.id(), launch.run(), held.get(), true));
      return;
    }
    long logFrom = logs.begin(agent.id());
    Announcement started = new Announcement();
    Consumer<Exit> gone =
        exit -> started.after(() -> gone(agent, launch.run(), exit, logFrom, events));
    try {
      Limiter.Placed placed = limiter.place(agent);
      Processes.Handle process =
          processes.spawn(
              new ProcessSpec(
                  placed.wrapper(),
                  command.argv(),
                  Path.of(command.directory()),
                  environment.of(agent, launch.run()),
                  logs.file(agent.id()),
                  launch.run().text()),
              gone);
      events.accept(
          new Event.Started(agent.id(), launch.run(), process.pid(), placed.description()));
      remember(
          new Journal.Entry(
              agent.id(),
              launch.run(),
              process,
              clock.instant(),
              Optional.empty(),
              launch.launches()),
          events);
      started.made();
    } catch (SpawnException e) {
      events.accept(
          new Event.Refused(agent.id(), launch.run(), String.valueOf(e.getMessage()), e.passing()));
    }
  }

  private void gone(Agent agent, RunId run, Exit exit, long logFrom, Consumer<Event> events) {
    entries.remove(agent.id());
    Exit why =
        limiter
            .release(agent)
            .<Exit>map(what -> new Exit.Reported(exit.label() + " (" + what + ")", false))
            .orElse(exit);
    String words = exit.success() ? "" : logs.lastWords(agent.id(), logFrom);
    events.accept(new Event.Gone(agent.id(), run, why, words));
    forget(agent.id());
  }

  @Override
  public void terminate(Action.Terminate order) {
    Journal.Entry entry = entries.get(order.agent());
    if (entry != null && entry.run().equals(order.run().id())) {
      processes.terminate(entry.process(), order.policy());
    }
  }

  @Override
  public void ready(AgentId agent, Instant at) {
    Journal.Entry entry = entries.get(agent);
    if (entry != null) {
      remember(entry.ready(at), event -> {});
    }
  }

  private void remember(Journal.Entry entry, Consumer<Event> events) {
    AtomicReference<String> trouble = new AtomicReference<>("");
    entries.compute(
        entry.agent(),
        (agent, before) -> {
          trouble.set(write(entry));
          return entry;
        });
    events.accept(new Event.Trouble(entry.agent(), trouble.get()));
  }

  /** Gives what went wrong, for people; empty when nothing did. */
  private String write(Journal.Entry entry) {
    try {
      journal.write(entry);
      return "";
    } catch (IOException e) {
      String why =
          e instanceof FileSystemException f && f.getReason() != null
              ? f.getReason()
              : String.valueOf(e.getMessage());
      LOG.warn("the journal of {} could not be written: {}", entry.agent(), why);
      return "its journal could not be written (%s); make room in the state folder".formatted(why);
    }
  }

  /**
   * Takes over the processes of an earlier node.
   *
   * @param survivors found by {@link Survivors}
   * @return the agents that were taken over
   */
  public List<AgentId> adopt(
      List<Journal.Entry> survivors,
      Map<AgentId, Agent> agents,
      Moment now,
      Consumer<Event> events) {
    return survivors.stream()
        .filter(entry -> agents.containsKey(entry.agent()))
        .filter(entry -> adopt(entry, agents, now, events))
        .map(Journal.Entry::agent)
        .toList();
  }

  /** Ends what an earlier node left of agents that the manifest has no more, and strays. */
  public void endStrangers(Survivors.Found found, Map<AgentId, Agent> agents) {
    for (Journal.Entry entry : found.agents()) {
      if (!agents.containsKey(entry.agent())) {
        LOG.info("{} is not in the manifest any more; ending it", entry.agent());
        end(entry.process(), entry.run().text(), exit -> forget(entry.agent()));
      }
    }
    for (Survivors.Stray stray : found.strays()) {
      LOG.info("{} ({}) outlived its agent; ending it", stray.name(), stray.process().pid());
      end(stray.process(), stray.run(), exit -> {});
    }
  }

  private void end(Processes.Handle process, String run, Consumer<Exit> gone) {
    if (processes.adopt(process, run, gone)) {
      processes.terminate(process, StopPolicy.DEFAULT);
    }
  }

  /**
   * Removes the journal of a run that ended, unless the next one has written its own: to remove a
   * file may take the disk longer than the restart takes, which does not wait for it.
   */
  private void forget(AgentId agent) {
    Journal.Entry _ =
        entries.compute(
            agent,
            (id, next) -> {
              if (next == null) {
                remove(id);
              }
              return next;
            });
  }

  private void remove(AgentId agent) {
    try {
      journal.remove(agent);
    } catch (IOException e) {
      LOG.warn("the journal of {} could not be removed: {}", agent, e.getMessage());
    }
  }

  private boolean adopt(
      Journal.Entry entry, Map<AgentId, Agent> agents, Moment now, Consumer<Event> events) {
    Agent agent = agents.get(entry.agent());
    if (agent == null) {
      return false;
    }
    long logFrom = 0;
    Announcement started = new Announcement();
    Consumer<Exit> gone =
        exit -> started.after(() -> gone(agent, entry.run(), exit, logFrom, events));
    if (!processes.adopt(entry.process(), entry.run().text(), gone)) {
      return false;
    }
    Duration age = Duration.between(entry.startedAt(), now.wall());
    events.accept(
        new Event.Adopted(
            entry.agent(),
            entry.run(),
            entry.process().pid(),
            new Moment(now.nanos() - age.toNanos(), entry.startedAt()),
            entry.readyAt(),
            entry.launches(),
            limiter.describe(agent)));
    remember(entry, events);
    started.made();
    return true;
  }
}
