package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.Catalogue;
import dev.flotilla.assistant.models.engine.Engine;
import dev.flotilla.assistant.models.engine.EngineException;
import dev.flotilla.assistant.models.engine.Order;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Model;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and unloads as the pool has decided, and says what became of it. Thread-safe. */
final class ModelLoader {
  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

  private final Supplier<Fleet> fleet;
  private final Catalogue catalogue;
  private final CardReadings readings;
  private final Engine servers;
  private final Engine inside;
  private final Clock clock;

  /**
   * @param servers for models with a command
   * @param inside for the others
   */
  ModelLoader(
      Supplier<Fleet> fleet,
      Catalogue catalogue,
      CardReadings readings,
      Engine servers,
      Engine inside,
      Clock clock) {
    this.fleet = fleet;
    this.catalogue = catalogue;
    this.readings = readings;
    this.servers = servers;
    this.inside = inside;
    this.clock = clock;
  }

  /** Blocks until the model serves or cannot be had. */
  Change load(Effect.Load load) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      Model model =
          Optional.ofNullable(fleet.get().models().get(load.model()))
              .orElseThrow(() -> new EngineException("it is no longer in the manifest"));
      Model.Variant way =
          Catalogue.way(model, load.variant())
              .orElseThrow(() -> new EngineException("the variant is no longer in the manifest"));
      String host = fleet.get().host(load.card().machine());
      String address = engine(model).load(new Order(model, way, load.card(), host));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Optional<Bytes> seen = readings.seen(load.model(), load.card());
      catalogue
          .learned()
          .loaded(catalogue.key(model, way, load.card()), load.estimate().corrected(1), took, seen);
      return pool -> pool.loaded(load.model(), address, seen, clock.instant());
    } catch (EngineException e) {
      return pool -> pool.broke(load.model(), String.valueOf(e.getMessage()), clock.instant());
    } catch (RuntimeException e) {
      log.error("{} could not be loaded", load.model(), e);
      return pool -> pool.broke(load.model(), "a fault in the service: " + e, clock.instant());
    }
  }

  /** Blocks until nothing of the model is left and its memory is back as far as it will come. */
  Change unload(Effect.Unload unload) throws InterruptedException {
    MemoryReturn memory = MemoryReturn.of(readings, unload.card(), unload.model());
    try {
      Model model = fleet.get().models().get(unload.model());
      (model == null ? servers : engine(model)).unload(unload.model(), unload.card().machine());
      memory.await();
    } catch (EngineException e) {
      log.warn("{} was not ended as it should: {}", unload.model(), e.getMessage());
    }
    return pool -> pool.gone(unload.model(), readings.without(pool, unload), clock.instant());
  }

  private Engine engine(Model model) {
    return model.server().isPresent() ? servers : inside;
  }
}
