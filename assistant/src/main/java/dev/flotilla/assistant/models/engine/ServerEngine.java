package dev.flotilla.assistant.models.engine;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Models whose servers a node runs, with its limits and logs. */
public final class ServerEngine implements Engine {
  /** Between two questions whether a server serves yet. */
  private static final Duration LOOK = Duration.ofMillis(10);

  /** Between two looks whether its process still runs. */
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Nodes nodes;

  public ServerEngine(Nodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public String load(Order order) throws EngineException, InterruptedException {
    String machine = order.card().machine();
    Model.Server server = order.model().server().orElseThrow();
    try {
      ModelRun run = started(order, machine);
      if (serves(order, run, server)) {
        return "http://%s:%d".formatted(order.host(), run.port());
      }
      String what = lastWords(machine, order.model().name());
      nodes.end(machine, order.model().name());
      throw new EngineException(what);
    } catch (OperationException e) {
      throw new EngineException(e.failure().sentence());
    }
  }

  /** Starts it; what an earlier service left of it is ended first. */
  private ModelRun started(Order order, String machine) {
    try {
      return nodes.run(machine, order.run());
    } catch (OperationException e) {
      if (e.failure().kind() != Failure.Kind.CONFLICT) {
        throw e;
      }
      nodes.end(machine, order.model().name());
      return nodes.run(machine, order.run());
    }
  }

  private boolean serves(Order order, ModelRun run, Model.Server server)
      throws InterruptedException {
    Knock knock = new Knock(order.host(), run.port(), server.health());
    long deadline = System.nanoTime() + server.loadTimeout().toNanos();
    long glance = System.nanoTime() + GLANCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (knock.answered()) {
        return true;
      }
      if (System.nanoTime() > glance) {
        if (ended(order.card().machine(), order.model().name()).isPresent()) {
          return false;
        }
        glance = System.nanoTime() + GLANCE.toNanos();
      }
      Thread.sleep(LOOK);
    }
    return false;
  }

  private String lastWords(String machine, String model) {
    return ended(machine, model)
        .map(AgentStatus::reason)
        .map(reason -> reason + "; see flotilla logs " + ModelRun.agentName(model))
        .orElse(
            "it did not serve in the time it was given (load_timeout); see flotilla logs "
                + ModelRun.agentName(model));
  }

  private Optional<AgentStatus> ended(String machine, String model) {
    List<Nodes.Running> running = nodes.models(machine);
    return running.stream()
        .filter(each -> each.run().model().equals(model))
        .flatMap(each -> each.status().stream())
        .filter(ServerState::isOver)
        .findFirst();
  }

  @Override
  public void unload(String model, String machine) throws EngineException {
    try {
      nodes.end(machine, model);
    } catch (OperationException e) {
      throw new EngineException(e.failure().sentence());
    }
  }
}
