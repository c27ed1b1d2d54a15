package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.catalogue.Learned;
import dev.flotilla.assistant.models.catalogue.Sizes;
import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.engine.ServerEngine;
import dev.flotilla.assistant.models.inside.InsideEngine;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The models of the fleet on its cards: loads what is asked for, never more than fits, and lends it
 * under leases. What happens is told as events {@code flotilla.event.model.<what>}. Thread-safe.
 */
public final class ModelManagerSuite implements Service {
  public static final String NAME = "ModelManagerSuite";

  private static final Duration KEEP = Duration.ofMinutes(1);

  private final List<Operation<?, ?>> operations;
  private final InsideEngine inside;

  private ModelManagerSuite(FleetWatch fleet, ModelManagerConfig config, ServiceContext context)
      throws IOException {
    Path folder = context.folder("models");
    SecureRandom random = new SecureRandom();
    Learned learned = new Learned(folder);
    context.keep(learned::keep);
    context.every(KEEP, learned::keep);
    Catalogue catalogue =
        new Catalogue(context.agent().machine(), config.modelIdleTimeout(), new Sizes(), learned);
    AtomicReference<FleetView> view = new AtomicReference<>(FleetView.unknown(context.fleet()));
    Supplier<Fleet> current = () -> view.get().fleet();
    inside =
        context.keep(
            new InsideEngine(
                folder, context.ports().getOrDefault(Agent.MAIN_PORT, 0), catalogue::context));
    Nodes nodes = new Nodes(context.calls());
    CardReadings readings = new CardReadings(nodes, current, config.marks());
    LivePool pool =
        context.keep(
            new LivePool(
                context,
                new Pool(config.rules(), () -> HexFormat.of().toHexDigits(random.nextLong())),
                new ModelLoader(
                    current, catalogue, readings, new ServerEngine(nodes), inside, context.clock()),
                new Tallies(context.metrics())));
    Adoption adoption = new Adoption(pool, nodes, readings, current);
    CardWatch cards =
        new CardWatch(pool, current, catalogue, readings, adoption, context.agent().machine());
    operations =
        operations(pool, new KnownModels(pool, current, cards), readings, catalogue, config);
    AgentWatch agents = new AgentWatch(pool, cards, adoption);
    context.keep(
        fleet.follow(
            context,
            (before, after) -> {
              view.set(after);
              agents.changed(before, after);
            }));
    cards.look();
    context.every(config.look(), cards::look);
  }

  private static List<Operation<?, ?>> operations(
      LivePool pool,
      KnownModels models,
      CardReadings readings,
      Catalogue catalogue,
      ModelManagerConfig config) {
    Lending lending = new Lending(pool, models, config);
    Showing showing = new Showing(pool, models, readings);
    return new ModelOperations(
            lending,
            new Loading(pool, models, lending, showing),
            showing,
            new Estimating(pool, models, catalogue))
        .all();
  }

  /**
   * @param fleet shared by the services of one JVM
   */
  public static ServiceFactory<ModelManagerConfig> factory(FleetWatch fleet) {
    return new ServiceFactory<>(
        NAME,
        ModelManagerConfig.DEFAULTS,
        (config, context) -> new ModelManagerSuite(fleet, config, context));
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return operations;
  }

  @Override
  public void routes(Routes routes) {
    inside.serve(routes);
  }
}
