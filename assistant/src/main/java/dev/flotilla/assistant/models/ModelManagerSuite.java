package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.catalogue.Learned;
import dev.flotilla.assistant.models.catalogue.Sizes;
import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.inside.InsideEngine;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.Agent;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * The models of the fleet on its cards: loads what is asked for, never more than fits, and lends it
 * under leases. What happens is told as events {@code flotilla.event.model.<what>}. Thread-safe.
 */
public final class ModelManagerSuite implements Service {
  public static final String NAME = "ModelManagerSuite";

  private static final Duration KEEP = Duration.ofMinutes(1);

  private final ModelDesk desk;
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
    inside =
        context.keep(
            new InsideEngine(
                folder, context.ports().getOrDefault(Agent.MAIN_PORT, 0), catalogue::context));
    Nodes nodes = new Nodes(context.calls());
    Floor floor =
        new Floor(
            context,
            new Pool(config.rules(), () -> HexFormat.of().toHexDigits(random.nextLong())),
            new Catalogue(
                context.agent().machine(), config.modelIdleTimeout(), new Sizes(), learned),
            config.marks(),
            nodes,
            inside,
            new Tallies(context.metrics()));
    desk = new ModelDesk(floor, config);
    context.keep(floor::close);
    context.keep(fleet.follow(context, floor::changed));
    floor.look();
    context.every(config.look(), floor::look);
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
    return desk.operations();
  }

  @Override
  public void routes(Routes routes) {
    inside.serve(routes);
  }
}
