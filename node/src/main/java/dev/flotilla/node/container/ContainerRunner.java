package dev.flotilla.node.container;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.ProcessSpec;
import dev.flotilla.node.process.Processes;
import dev.flotilla.node.process.SpawnException;
import dev.flotilla.node.run.AgentEnvironment;
import dev.flotilla.node.run.CommandRunner;
import dev.flotilla.node.run.Journal;
import dev.flotilla.node.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs agents that are images: the engine's client is the process that is supervised, as any other.
 * It writes the container's words to the agent's log, passes signals on, ends with its exit code
 * and outlives the node. When it is gone, its container is removed before that is told.
 * Thread-safe.
 */
public final class ContainerRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CLIENT_FAILED = 125;

  private final Optional<ContainerCommand> containers;
  private final CommandRunner commands;
  private final Processes processes;
  private final AgentEnvironment environment;

  /**
   * @param engine its program, where there is one
   * @param commands runs the engine's client
   */
  public ContainerRunner(
      Optional<Path> engine,
      CommandRunner commands,
      Processes processes,
      AgentEnvironment environment) {
    this.containers =
        engine.map(file -> new ContainerCommand(file, environment.fleet(), environment.state()));
    this.commands = commands;
    this.processes = processes;
    this.environment = environment;
  }

  @Override
  public void launch(Action.Launch launch, Consumer<Event> events) {
    if (containers.isEmpty()) {
      events.accept(
          new Event.Refused(
              launch.agent(),
              launch.run(),
              "no container engine found: neither docker nor podman is in PATH; install one, or"
                  + " give the agent a command: in place of its image:",
              false));
      return;
    }
    Agent client = client(containers.get(), launch.what());
    commands.launch(
        new Action.Launch(client, launch.run(), launch.launches()),
        translated(containers.get(), launch.what(), events));
  }

  /** The agent with the client's command in place of its image, and without limits of its own. */
  private Agent client(ContainerCommand containers, Agent agent) {
    if (!(agent.launch() instanceof Launch.Image image)) {
      throw new IllegalArgumentException(agent.id() + " is not an image");
    }
    Set<String> variables = new HashSet<>(environment.given(agent, new RunId("")).keySet());
    variables.remove(AgentEnvironment.RUN_ID);
    variables.remove("FLOTILLA_STATE");
    return new Agent(
        agent.id(),
        agent.group(),
        agent.description(),
        new Launch.Command(containers.run(agent, image, variables), "/"),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        Limits.NONE,
        agent.restart(),
        agent.stop(),
        agent.required(),
        agent.lazy(),
        agent.environment(),
        agent.config(),
        agent.family(),
        agent.where());
  }

  /** What happens to the client, told as what happens to the container. */
  private Consumer<Event> translated(
      ContainerCommand containers, Agent agent, Consumer<Event> events) {
    String kept = ContainerCommand.kept(agent.limits());
    return event -> {
      switch (event) {
        case Event.Started(AgentId id, RunId run, long pid, String ignored) ->
            events.accept(new Event.Started(id, run, pid, kept));
        case Event.Adopted(
                AgentId id,
                RunId run,
                long pid,
                Moment started,
                Optional<Instant> readyAt,
                int launches,
                String ignored) ->
            events.accept(new Event.Adopted(id, run, pid, started, readyAt, launches, kept));
        case Event.Gone gone ->
            Thread.ofVirtual()
                .name("remove-" + agent.id().name())
                .start(
                    () -> {
                      ask(containers.remove(agent.id()));
                      events.accept(
                          new Event.Gone(
                              gone.agent(), gone.run(), named(gone.exit()), gone.lastWords()));
                    });
        case Event.Refused _,
            Event.Probed _,
            Event.LineSeen _,
            Event.Trouble _,
            Event.SeenElsewhere _ ->
            events.accept(event);
      }
    };
  }

  /** The engine's own failures have a code of their own. */
  private static Exit named(Exit exit) {
    return exit instanceof Exit.Code(int value) && value == CLIENT_FAILED
        ? new Exit.Reported("the container engine refused to run it", false)
        : exit;
  }

  private void ask(List<String> argv) {
    CompletableFuture<Exit> ended = new CompletableFuture<>();
    try {
      Processes.Handle process =
          processes.spawn(
              new ProcessSpec(
                  List.of(),
                  argv,
                  Path.of("/"),
                  environment.inherited(),
                  Path.of("/dev/null"),
                  "containers"),
              ended::complete);
      try {
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        LOG.warn("the container engine does not answer; a container may be left: {}", argv);
        processes.terminate(process, new StopPolicy("KILL", Duration.ZERO));
      }
    } catch (SpawnException | ExecutionException e) {
      LOG.warn("a container may be left: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void terminate(Action.Terminate order) {
    commands.terminate(order);
  }

  /** The runner of commands keeps it, for its processes. */
  @Override
  public void ready(AgentId agent, Instant at) {}

  /**
   * Takes over the containers of an earlier node whose clients still run. Those of agents that the
   * manifest has no more are removed; that of an agent whose client is gone is so when it starts.
   */
  public void adopt(
      List<Journal.Entry> survivors,
      Map<AgentId, Agent> agents,
      Moment now,
      Consumer<Event> events) {
    if (containers.isEmpty()) {
      return;
    }
    ContainerCommand engine = containers.get();
    for (Journal.Entry entry : survivors) {
      Agent agent = agents.get(entry.agent());
      if (agent != null) {
        commands.adopt(
            List.of(entry),
            Map.of(agent.id(), client(engine, agent)),
            now,
            translated(engine, agent, events));
      }
    }
    Set<AgentId> images = new HashSet<>();
    agents.forEach(
        (id, agent) -> {
          if (agent.launch() instanceof Launch.Image) {
            images.add(id);
          }
        });
    if (!images.isEmpty()) {
      Thread.ofVirtual().name("old-containers").start(() -> ask(engine.removeOthers(images)));
    }
  }
}
