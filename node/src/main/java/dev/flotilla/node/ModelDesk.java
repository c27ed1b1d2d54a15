package dev.flotilla.node;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.node.card.CardReader;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.models.ModelAgents;
import dev.flotilla.node.models.ModelRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the node does for the model pool: tells of the cards, and runs the servers of models. Only
 * models of the manifest in force are run, by the command that stands there. Thread-safe.
 */
final class ModelDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDesk.class);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration END = Duration.ofMinutes(1);

  private final Supplier<LoadedFleet> loaded;
  private final Supervisor supervisor;
  private final ModelRuns runs;
  private final CardReader cards;
  private boolean leaving;

  ModelDesk(Supplier<LoadedFleet> loaded, Supervisor supervisor, ModelRuns runs, CardReader cards) {
    this.loaded = loaded;
    this.supervisor = supervisor;
    this.runs = runs;
    this.cards = cards;
  }

  /** Asks for one model by its name. */
  record Which(String model) {}

  /**
   * A server and how it is.
   *
   * @param status absent once nothing of it is left
   */
  record Running(ModelRun run, Optional<AgentStatus> status) {}

  /** All servers of models here. */
  record All(List<Running> models) {}

  List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("cards", Operation.Nothing.class, MachineCards.class, nothing -> cards())
            .summary("The cards and the main memory of this machine, and who holds how much."),
        Operation.of("models", Operation.Nothing.class, All.class, nothing -> all())
            .summary("The servers of models that run here."),
        Operation.of("run-model", ModelRun.class, Running.class, this::run)
            .summary(
                "Starts the server of a model of the manifest; does not wait until it serves."),
        Operation.of("end-model", Which.class, All.class, this::end)
            .summary("Ends the server of a model and waits until nothing of it is left."));
  }

  private MachineCards cards() {
    LoadedFleet now = loaded.get();
    Machine machine = now.fleet().machines().get(now.machine());
    List<Gpu> declared = machine == null ? List.of() : machine.gpus();
    return cards.read(now.machine(), declared);
  }

  private All all() {
    return new All(runs.all().stream().map(this::running).toList());
  }

  private Running running(ModelRun run) {
    AgentId id = run.agent(loaded.get().machine());
    return new Running(
        run, supervisor.statuses().stream().filter(status -> status.id().equals(id)).findFirst());
  }

  /** The fleet goes down: nothing more is run, and nothing is to run next time. */
  synchronized void leave() {
    leaving = true;
    runs.all().forEach(run -> forget(run.model()));
  }

  /** A disk that is full keeps no server running. */
  private void forget(String model) {
    try {
      runs.remove(model);
    } catch (IOException e) {
      LOG.warn("that {} runs no more could not be kept: {}", model, e.getMessage());
    }
  }

  private synchronized Running run(ModelRun asked) throws IOException {
    if (leaving) {
      throw Failure.unavailable(
              "the fleet goes down", "a fleet that is up", "Ask after flotilla up.")
          .exception();
    }
    Optional<ModelRun> there = runs.find(asked.model());
    if (there.isPresent()) {
      throw Failure.conflict(
              "the model " + asked.model() + " runs here already, on port " + there.get().port(),
              "a model that does not",
              "End it first with end-model.")
          .exception();
    }
    ModelRun run =
        new ModelRun(
            asked.model(),
            asked.variant(),
            asked.card(),
            asked.port() == 0 ? freePort() : asked.port());
    LoadedFleet now = loaded.get();
    Agent agent =
        ModelAgents.of(now.fleet(), now.machine(), run)
            .orElseThrow(() -> unknown(now.fleet(), asked).exception());
    note(run);
    supervisor.join(new Orders.Placed(agent, Cell.Place.HERE)).join();
    return running(run);
  }

  /** So that the next node knows of it; a server nobody knows of would be nobody's. */
  private void note(ModelRun run) {
    try {
      runs.add(run);
    } catch (IOException e) {
      throw Failure.unavailable(
              "it cannot be noted that " + run.model() + " is to run: " + e.getMessage(),
              "a state folder that can be written",
              "Make room on its disk, then ask again.")
          .exception();
    }
  }

  private All end(Which which) throws InterruptedException {
    Optional<ModelRun> run = runs.find(which.model());
    if (run.isPresent()) {
      AgentId id = run.get().agent(loaded.get().machine());
      forget(which.model());
      supervisor.leave(id).join();
      long deadline = System.nanoTime() + END.toNanos();
      while (known(id) && System.nanoTime() < deadline) {
        Thread.sleep(LOOK);
      }
      if (known(id)) {
        throw Failure.unavailable(
                "the server of " + which.model() + " has not ended in " + END.toSeconds() + " s",
                "a process that ends when it is killed",
                "See flotilla logs " + id.name() + ".")
            .exception();
      }
    }
    return all();
  }

  private boolean known(AgentId id) {
    return supervisor.statuses().stream().anyMatch(status -> status.id().equals(id));
  }

  private static Failure unknown(Fleet fleet, ModelRun run) {
    Model model = fleet.models().get(run.model());
    if (model == null) {
      return Failure.notFound(
          "no model " + run.model(),
          "a model of the manifest",
          Nearest.to(run.model(), fleet.models().keySet())
              .map(near -> "Did you mean " + near + "?")
              .orElse("Declare it under models."));
    }
    return model.server().isEmpty()
        ? Failure.badRequest(
            "model",
            run.model() + ", which has no server",
            "a model with a command",
            "It runs inside of ModelManagerSuite.")
        : Failure.badRequest(
            "variant",
            "\"" + run.variant() + "\"",
            "one of " + String.join(", ", model.ways().stream().map(Model.Variant::name).toList()),
            "Name a variant of the manifest.");
  }

  private int freePort() throws IOException {
    LoadedFleet now = loaded.get();
    List<Integer> taken =
        Stream.concat(
                now.fleet().agentsOn(now.machine()).stream()
                    .flatMap(agent -> agent.ports().values().stream()),
                runs.all().stream().map(ModelRun::port))
            .toList();
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (!taken.contains(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      }
    }
  }
}
