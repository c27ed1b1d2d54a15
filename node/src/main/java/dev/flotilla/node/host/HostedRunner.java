package dev.flotilla.node.host;

import dev.flotilla.kernel.HostStatus;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.Processes;
import dev.flotilla.node.run.Journal;
import dev.flotilla.node.run.Runner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Flotilla's own services by telling the JVM of their group over the bus. When the JVM ends,
 * its services are gone. Thread-safe.
 */
public final class HostedRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(HostedRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CONFIRM_PAUSE = Duration.ofMillis(400);
  private static final int CONFIRMATIONS = 20;

  private final Supplier<Calls> calls;
  private final Processes processes;
  private final Journal journal;
  private final Clock clock;
  private final Map<AgentId, Hosted> running = new ConcurrentHashMap<>();

  private record Hosted(Agent agent, Journal.Entry entry, Consumer<Event> events) {}

  /**
   * @param calls over the bus, once it stands; may block
   */
  public HostedRunner(Supplier<Calls> calls, Processes processes, Journal journal, Clock clock) {
    this.calls = calls;
    this.processes = processes;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void launch(Action.Launch launch, Consumer<Event> events) {
    Thread.ofVirtual().name("start-" + launch.agent().name()).start(() -> start(launch, events));
  }

  private void start(Action.Launch launch, Consumer<Event> events) {
    Agent agent = launch.what();
    try {
      HostStatus status = call(agent, "start");
      HostStatus.Hosted hosted = find(status, agent);
      if (hosted.state() != HostStatus.State.RUNNING) {
        events.accept(new Event.Started(agent.id(), launch.run(), status.pid(), ""));
        events.accept(
            new Event.Gone(
                agent.id(),
                launch.run(),
                new Exit.Reported("did not start: " + hosted.reason(), false),
                ""));
        return;
      }
      Journal.Entry entry =
          new Journal.Entry(
              agent.id(),
              launch.run(),
              handle(status.pid()),
              clock.instant(),
              Optional.empty(),
              launch.launches());
      running.put(agent.id(), new Hosted(agent, entry, events));
      events.accept(new Event.Started(agent.id(), launch.run(), status.pid(), ""));
      write(entry);
    } catch (OperationException e) {
      events.accept(
          new Event.Refused(agent.id(), launch.run(), String.valueOf(e.getMessage()), true));
    }
  }

  private HostStatus call(Agent agent, String operation) {
    return calls
        .get()
        .within(PATIENCE)
        .call(
            HostAgents.id(agent.group(), agent.id().machine()).name(),
            operation,
            new HostStatus.Which(agent.id().name()),
            HostStatus.class);
  }

  private static HostStatus.Hosted find(HostStatus status, Agent agent) {
    return status.agents().stream()
        .filter(hosted -> hosted.agent().equals(agent.id().name()))
        .findFirst()
        .orElseGet(
            () ->
                new HostStatus.Hosted(
                    agent.id().name(),
                    agent.launch() instanceof Launch.Service service ? service.name() : "",
                    HostStatus.State.FAILED,
                    "its JVM does not know it",
                    Optional.empty(),
                    Optional.empty()));
  }

  private Processes.Handle handle(long pid) {
    return new Processes.Handle(pid, processes.find(pid).map(info -> info.startTicks()).orElse(0L));
  }

  @Override
  public void terminate(Action.Terminate order) {
    Hosted hosted = running.get(order.agent());
    if (hosted == null || !hosted.entry().run().equals(order.run().id())) {
      return;
    }
    Thread.ofVirtual().name("stop-" + order.agent().name()).start(() -> stop(hosted, order));
  }

  private void stop(Hosted hosted, Action.Terminate order) {
    try {
      call(hosted.agent(), "stop");
      gone(hosted, new Exit.Reported("stopped", true));
    } catch (OperationException e) {
      LOG.warn("{} could not be stopped ({}); ending its JVM", order.agent(), e.getMessage());
      processes.terminate(hosted.entry().process(), order.policy());
    }
  }

  /** Takes note of what happened to other agents: with a JVM go its services. */
  public void heard(Event event) {
    if (!(event instanceof Event.Gone gone)) {
      return;
    }
    for (Hosted hosted : List.copyOf(running.values())) {
      Agent agent = hosted.agent();
      if (HostAgents.id(agent.group(), agent.id().machine()).equals(gone.agent())) {
        gone(hosted, new Exit.Reported("its JVM ended: " + gone.exit().label(), false));
      }
    }
  }

  private void gone(Hosted hosted, Exit exit) {
    AgentId agent = hosted.agent().id();
    if (running.remove(agent, hosted)) {
      try {
        journal.remove(agent);
      } catch (IOException e) {
        LOG.warn("the journal of {} could not be removed: {}", agent, e.getMessage());
      }
      hosted.events().accept(new Event.Gone(agent, hosted.entry().run(), exit, ""));
    }
  }

  @Override
  public void ready(AgentId agent, Instant at) {
    running.computeIfPresent(
        agent,
        (id, hosted) -> {
          Journal.Entry entry =
              new Journal.Entry(
                  id,
                  hosted.entry().run(),
                  hosted.entry().process(),
                  hosted.entry().startedAt(),
                  Optional.of(at),
                  hosted.entry().launches());
          write(entry);
          return new Hosted(hosted.agent(), entry, hosted.events());
        });
  }

  private void write(Journal.Entry entry) {
    try {
      journal.write(entry);
    } catch (IOException e) {
      LOG.warn("the journal of {} could not be written: {}", entry.agent(), e.getMessage());
    }
  }

  /** Takes over services whose JVM was taken over; each is asked for afterwards. */
  public void adopt(
      List<Journal.Entry> survivors,
      Map<AgentId, Agent> agents,
      Moment now,
      Consumer<Event> events) {
    for (Journal.Entry entry : survivors) {
      Agent agent = agents.get(entry.agent());
      if (agent == null) {
        continue;
      }
      Hosted hosted = new Hosted(agent, entry, events);
      running.put(entry.agent(), hosted);
      Duration age = Duration.between(entry.startedAt(), now.wall());
      events.accept(
          new Event.Adopted(
              entry.agent(),
              new RunId(entry.run().text()),
              entry.process().pid(),
              new Moment(now.nanos() - age.toNanos(), entry.startedAt()),
              entry.readyAt(),
              entry.launches(),
              ""));
      Thread.ofVirtual().name("confirm-" + entry.agent().name()).start(() -> confirm(hosted));
    }
  }

  /** The JVM needs a moment to find the new node's bus. */
  private void confirm(Hosted hosted) {
    for (int attempt = 1; attempt <= CONFIRMATIONS && running.containsValue(hosted); attempt++) {
      try {
        Thread.sleep(CONFIRM_PAUSE);
        if (find(call(hosted.agent(), "start"), hosted.agent()).state()
            != HostStatus.State.RUNNING) {
          gone(hosted, new Exit.Reported("was not running any more", false));
        }
        return;
      } catch (OperationException e) {
        LOG.debug("{} could not be asked after yet: {}", hosted.agent().id(), e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
