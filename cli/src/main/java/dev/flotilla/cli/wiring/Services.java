package dev.flotilla.cli.wiring;

import dev.flotilla.assistant.builtin.PlanFact;
import dev.flotilla.assistant.cache.CacheManager;
import dev.flotilla.assistant.door.RequestCoordinator;
import dev.flotilla.assistant.jobs.AsyncProcessor;
import dev.flotilla.assistant.models.ModelManagerSuite;
import dev.flotilla.hub.observability.ObservabilityHub;
import dev.flotilla.hub.registry.ServiceRegistry;
import dev.flotilla.hub.twin.SystemDigitalTwin;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetWatch;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Flotilla's own services by the name that {@code service:} gives. */
public final class Services {
  private Services() {}

  /** The factories, for those who only want to know what can be configured. */
  public static Map<String, ServiceFactory<?>> factories() {
    return factories(List::of);
  }

  /**
   * The factories of one JVM; what its services share, they share through these.
   *
   * @param plans the open plans of the fleet's folder
   */
  static Map<String, ServiceFactory<?>> factories(Supplier<List<PlanFact>> plans) {
    FleetWatch fleet = new FleetWatch();
    List<ServiceFactory<?>> all =
        List.of(
            ServiceRegistry.factory(fleet),
            SystemDigitalTwin.factory(fleet),
            ObservabilityHub.factory(fleet),
            RequestCoordinator.factory(fleet, plans),
            ModelManagerSuite.factory(fleet),
            AsyncProcessor.factory(),
            CacheManager.factory());
    return all.stream().collect(Collectors.toMap(ServiceFactory::name, Function.identity()));
  }
}
