package dev.flotilla.assistant.models.engine;

import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.ModelRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes do for models. Methods throw {@link dev.flotilla.kernel.failure.OperationException}
 * with what the node said.
 */
public record Nodes(Calls calls) {
  private static final Duration END = Duration.ofSeconds(75);

  /** A server and how it is; without a status once nothing of it is left. */
  public record Running(ModelRun run, Optional<AgentStatus> status) {}

  /** All servers of models on one machine. */
  public record All(List<Running> models) {}

  public MachineCards cards(String machine) {
    return calls.call(node(machine), "cards", Map.of(), MachineCards.class);
  }

  public List<Running> models(String machine) {
    return calls.call(node(machine), "models", Map.of(), All.class).models();
  }

  /** Starts a server; does not wait until it serves. */
  public ModelRun run(String machine, ModelRun run) {
    return calls.call(node(machine), "run-model", run, Running.class).run();
  }

  /** Ends a server and waits until nothing of it is left. */
  public void end(String machine, String model) {
    var _ = calls.within(END).call(node(machine), "end-model", Map.of("model", model), All.class);
  }

  private static String node(String machine) {
    return "node-" + machine.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
