package dev.flotilla.hub.registry;

import dev.flotilla.hub.live.Broadcast;
import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.kernel.fleet.SteadyTime;
import dev.flotilla.kernel.http.EventStream;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is where in the fleet: instances register under a lease and are found by name, tag and
 * machine; agents that a node supervises are found without registering. Decisions are those of
 * {@link Registry} and {@link PortLookup}. Thread-safe once desk.
 */
public final class ServiceRegistry implements Service {
  public static final String NAME = "ServiceRegistry";

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final ServiceContext context;
  private final Broadcast<Change> watchers = new Broadcast<>(1_000, 200);
  private final RegistryDesk desk;

  private ServiceRegistry(RegistryConfig config, FleetWatch fleet, ServiceContext context)
      throws IOException {
    this.context = context;
    RegistryStore store =
        context.keep(new RegistryStore(context.folder("registry").resolve("registrations.log")));
    desk =
        new RegistryDesk(
            config,
            context.agent(),
            SteadyTime.of(context.clock()),
            store,
            context.timers(),
            FleetView.unknown(context.fleet()),
            this::tell);
    context.keep(fleet.follow(context, desk::fleetChanged));
    context.keep(desk);
    context.keep(watchers);
  }

  /**
   * @param fleet shared by the services of one JVM
   */
  public static ServiceFactory<RegistryConfig> factory(FleetWatch fleet) {
    return new ServiceFactory<>(
        NAME,
        RegistryConfig.DEFAULTS,
        (config, context) -> new ServiceRegistry(config, fleet, context));
  }

  private void tell(Change change) {
    watchers.send(change);
    ServiceName name = change.entry().registration().serviceName();
    context.tell("registry." + subject(name), watched(change));
  }

  /** The name as one part of a subject: letters beyond ASCII become {@code _}. */
  private static String subject(ServiceName name) {
    return name.normal().replaceAll("[^a-z0-9]", "_");
  }

  private static Requests.Watched watched(Change change) {
    Optional<String> reason =
        switch (change) {
          case Change.Replaced(Entry _, String by) -> Optional.of("by instance " + by);
          case Change.OwnerGone(Entry _, String state) -> Optional.of("its agent is " + state);
          case Change.Registered _, Change.Deregistered _, Change.Expired _ -> Optional.empty();
        };
    return new Requests.Watched(
        change.kind(), Requests.Instance.of(Target.of(change.entry())), reason);
  }

  /** What cannot be written down is shown; a restart would not mend it. */
  @Override
  public Health readiness() {
    return desk.health();
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("register", Requests.Register.class, Requests.Leased.class, desk::register)
            .summary("Registers an instance under a name, for as long as it renews its lease."),
        Operation.of("renew", Requests.Renew.class, Requests.Leased.class, desk::renew)
            .summary("A sign of life: the lease begins anew."),
        Operation.of(
                "deregister", Requests.Renew.class, Requests.Deregistered.class, desk::deregister)
            .summary("Takes a registration back."),
        Operation.of("discover", Requests.Discover.class, Requests.Found.class, desk::discover)
            .summary("Finds instances by name, machine and tags."),
        Operation.of(
                "list",
                Operation.Nothing.class,
                Requests.Found.class,
                nothing -> desk.discover(everything()))
            .summary("Everything there is, running or not."),
        Operation.of("port", Requests.Port.class, Requests.PortFound.class, desk::port)
            .summary("The port of an agent, by its name in any spelling."));
  }

  private static Requests.Discover everything() {
    return new Requests.Discover(Optional.empty(), Optional.empty(), List.of(), Optional.of(true));
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/watch", this::watch);
  }

  /**
   * Server-sent events: {@code instances} with all there is, then {@code change} for each change.
   */
  private HttpResponse watch(HttpRequest request) {
    Optional<ServiceName> name =
        request.query("name").filter(ServiceName::isName).map(ServiceName::of);
    Broadcast<Change>.Reader reader =
        watchers
            .join()
            .orElseThrow(
                () ->
                    Failure.unavailable(
                            watchers.readers() + " watchers, as many as there may be",
                            "room for one more",
                            "close some, or watch on the bus: flotilla.event.registry.>")
                        .exception());
    return HttpResponse.events(events -> stream(reader, name, events));
  }

  private void stream(
      Broadcast<Change>.Reader reader, Optional<ServiceName> name, EventStream events)
      throws IOException, InterruptedException {
    try (reader) {
      Requests.Discover asked =
          new Requests.Discover(
              name.map(ServiceName::normal), Optional.empty(), List.of(), Optional.of(true));
      events.send("instances", Wire.text(desk.discover(asked)));
      while (reader.open()) {
        Optional<Change> change = reader.next(KEEP_ALIVE);
        if (change.isEmpty()) {
          events.keepAlive();
        } else if (name.map(concerns(change.get())::equals).orElse(true)) {
          events.send("change", Wire.text(watched(change.get())));
        }
      }
    }
  }

  private static ServiceName concerns(Change change) {
    return change.entry().registration().serviceName();
  }
}
