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
import java.util.List;
import java.util.function.BiFunction;

/**
 * The graph of what is desired and what was observed. Answers what is, how it differs from the
 * manifest, and what would break. Thread-safe once memory.
 */
public final class SystemDigitalTwin implements Service {
  public static final String NAME = "SystemDigitalTwin";

  private final Memory memory;

  private SystemDigitalTwin(TwinConfig config, FleetWatch fleet, ServiceContext context)
      throws IOException {
    TwinStore store =
        context.keep(
            new TwinStore(context.folder("twin").resolve("history.log"), config.history()));
    memory =
        new Memory(
            config.history(),
            store,
            SteadyTime.of(context.clock()),
            FleetView.unknown(context.fleet()));
    context.keep(fleet.follow(context, memory::changed));
  }

  /**
   * @param fleet shared by the services of one JVM
   */
  public static ServiceFactory<TwinConfig> factory(FleetWatch fleet) {
    return new ServiceFactory<>(
        NAME,
        TwinConfig.DEFAULTS,
        (config, context) -> new SystemDigitalTwin(config, fleet, context));
  }

  /** What cannot be written down is shown; a restart would not mend it. */
  @Override
  public Health readiness() {
    return memory.health();
  }

  @Override
  public List<Operation<?, ?>> operations() {
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
                "history", Answers.HistoryQuestion.class, Answers.History.class, memory::history)
            .summary("The last changes of state, the newest first."),
        Operation.of(
                "snapshot",
                Answers.SnapshotQuestion.class,
                Answers.Snapshot.class,
                memory::snapshot)
            .summary("What every agent was at a time."));
  }

  private <I extends Record, O extends Record> Operation<I, O> question(
      String name, Class<I> request, Class<O> answer, BiFunction<TwinDesk, I, O> ask) {
    return Operation.of(name, request, answer, asked -> ask.apply(memory.desk(), asked));
  }
}
