package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.engine.ServerState;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.ModelRun;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the servers an earlier service left, and ends those that do not serve. */
final class Adoption {
  private static final Logger log = LoggerFactory.getLogger(ModelManagerSuite.class);

  private final LivePool pool;
  private final Nodes nodes;
  private final CardReadings readings;
  private final Supplier<Fleet> fleet;

  Adoption(LivePool pool, Nodes nodes, CardReadings readings, Supplier<Fleet> fleet) {
    this.pool = pool;
    this.nodes = nodes;
    this.readings = readings;
    this.fleet = fleet;
  }

  /** The servers of models on a machine; empty when its node does not answer. */
  Optional<List<Nodes.Running>> found(String machine) {
    try {
      return Optional.of(nodes.models(machine));
    } catch (OperationException e) {
      log.debug("the node of {} does not tell of its models: {}", machine, e.getMessage());
      return Optional.empty();
    }
  }

  void takeOver(String machine, Nodes.Running running) {
    ModelRun run = running.run();
    CardId card = new CardId(machine, run.card().orElse(CardId.CPU));
    Optional<Estimate> estimate = pool.ask(p -> estimate(p, run, card));
    if (estimate.isEmpty() || running.status().filter(ServerState::serves).isEmpty()) {
      end(machine, run.model());
      return;
    }
    String address = "http://%s:%d".formatted(fleet.get().host(machine), run.port());
    pool.change(
        p -> p.adopted(run.model(), run.variant(), card, estimate.get(), address, pool.now()));
    if (pool.ask(p -> p.view(run.model())).filter(v -> v.address().equals(address)).isEmpty()) {
      log.info("{} was loaded elsewhere meanwhile and is ended on {}", run.model(), card);
      end(machine, run.model());
      return;
    }
    readings
        .seen(run.model(), card)
        .ifPresent(
            held ->
                pool.change(
                    p -> {
                      p.seen(run.model(), held);
                      return List.of();
                    }));
    log.info("{} still serves on {} and is taken over", run.model(), card);
  }

  private static Optional<Estimate> estimate(Pool p, ModelRun run, CardId card) {
    return p.entry(run.model()).stream()
        .flatMap(entry -> entry.variants().stream())
        .filter(variant -> variant.name().equals(run.variant()))
        .flatMap(variant -> Optional.ofNullable(variant.estimates().get(card)).stream())
        .findFirst();
  }

  void end(String machine, String model) {
    try {
      nodes.end(machine, model);
    } catch (OperationException e) {
      log.warn("{} could not be ended on {}: {}", model, machine, e.getMessage());
    }
  }
}
