package dev.flotilla.hub.twin;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.fleet.SteadyTime;
import dev.flotilla.kernel.operation.Operation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph of what is desired and what was observed. Answers what is, how it differs from the
 * manifest, and what would break. Thread-safe once started.
 */
public final class SystemDigitalTwin implements Service {
  public static final String NAME = "SystemDigitalTwin";

  private static final Logger log = LoggerFactory.getLogger(SystemDigitalTwin.class);

  private final TwinConfig config;
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable Memory memory;

  public SystemDigitalTwin(TwinConfig config) {
    this.config = config;
  }

  public static ServiceFactory<TwinConfig> factory() {
    return new ServiceFactory<>(NAME, TwinConfig.DEFAULTS, SystemDigitalTwin::new);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public void start(ServiceContext context) throws IOException {
    InstantSource time = SteadyTime.of(context.clock());
    TwinStore store =
        new TwinStore(context.state().resolve("twin").resolve("history.log"), config.history());
    open.add(store);
    Memory started = new Memory(config.history(), store, time, FleetView.unknown(context.fleet()));
    FleetWatch watch = new FleetWatch(context, time, started::changed);
    open.add(watch);
    watch.start();
    memory = started;
  }

  @Override
  public Health health() {
    Memory started = memory;
    return started == null ? Health.down("it has not started") : Health.ok();
  }

  /** What cannot be written down is shown; a restart would not mend it. */
  @Override
  public Health readiness() {
    Memory started = memory;
    return started == null ? Health.down("it has not started") : started.health();
  }

  @Override
  public List<Operation<?, ?>> operations() {
    Memory started = started();
    return List.of(
        question("state", Answers.AgentQuestion.class, Answers.AgentAnswer.class, TwinDesk::state)
            .summary("One agent: what is desired, what was observed, and how they differ."),
        question(
                "dependencies",
                Answers.AgentQuestion.class,
                Answers.Links.class,
                TwinDesk::dependencies)
            .summary("All that an agent rests on, nearest first."),
        question(
                "dependents",
                Answers.AgentQuestion.class,
                Answers.Links.class,
                TwinDesk::dependents)
            .summary("All that rests on an agent, nearest first."),
        question(
                "critical-path",
                Operation.Nothing.class,
                Answers.Path.class,
                (desk, nothing) -> desk.criticalPath())
            .summary("The chain of agents that the last start took as long as."),
        question(
                "drift",
                Operation.Nothing.class,
                Answers.Drifts.class,
                (desk, nothing) -> desk.drift())
            .summary("Every difference between the manifest and what is."),
        question(
                "graph",
                Operation.Nothing.class,
                Answers.Graph.class,
                (desk, nothing) -> desk.graph())
            .summary("All agents and who needs whom."),
        question(
                "what-if-agent-fails",
                Answers.AgentQuestion.class,
                Answers.Broken.class,
                TwinDesk::agentFails)
            .summary("What breaks when an agent fails."),
        question(
                "what-if-machine-fails",
                Answers.MachineQuestion.class,
                Answers.Broken.class,
                TwinDesk::machineFails)
            .summary("What breaks when a machine fails."),
        question(
                "what-if-model-placed",
                Answers.PlacementQuestion.class,
                ModelPlacement.class,
                TwinDesk::modelPlaced)
            .summary("Whether a model fits on a card, and what no longer fits then."),
        question(
                "what-if-port-moves",
                Answers.PortQuestion.class,
                PortMove.class,
                TwinDesk::portMoves)
            .summary("What a port's move collides with, and who has the old one written down."),
        Operation.of(
                "history", Answers.HistoryQuestion.class, Answers.History.class, started::history)
            .summary("The last changes of state, the newest first."),
        Operation.of(
                "snapshot",
                Answers.SnapshotQuestion.class,
                Answers.Snapshot.class,
                started::snapshot)
            .summary("What every agent was at a time."));
  }

  private <I extends Record, O extends Record> Operation<I, O> question(
      String name, Class<I> request, Class<O> answer, BiFunction<TwinDesk, I, O> ask) {
    Memory started = started();
    return Operation.of(name, request, answer, asked -> ask.apply(started.desk(), asked));
  }

  private Memory started() {
    Memory started = memory;
    if (started == null) {
      throw new IllegalStateException("the twin has not started");
    }
    return started;
  }

  @Override
  public void close() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        log.warn("The twin could not end cleanly: {}", e.getMessage());
      }
    }
  }
}
