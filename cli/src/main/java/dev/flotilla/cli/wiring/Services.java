package dev.flotilla.cli.wiring;

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
import java.util.stream.Collectors;

/** Flotilla's own services by the name that {@code service:} gives. */
public final class Services {
  private Services() {}

  /** The factories of one JVM; what its services share, they share through these. */
  public static Map<String, ServiceFactory<?>> factories() {
    FleetWatch fleet = new FleetWatch();
    List<ServiceFactory<?>> all =
        List.of(
            ServiceRegistry.factory(fleet),
            SystemDigitalTwin.factory(fleet),
            ObservabilityHub.factory(fleet),
            RequestCoordinator.factory(fleet),
            ModelManagerSuite.factory(fleet),
            AsyncProcessor.factory(),
            CacheManager.factory());
    return all.stream().collect(Collectors.toMap(ServiceFactory::name, Function.identity()));
  }
}
