package dev.flotilla.hub.registry;

import dev.flotilla.bus.Message;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is where in the fleet: instances register under a lease and are found by name, tag and
 * machine; agents that a node supervises are found without registering. Decisions are those of
 * {@link Registry} and {@link PortLookup}. Thread-safe once started.
 */
public final class ServiceRegistry implements Service {
  public static final String NAME = "ServiceRegistry";

  private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final RegistryConfig config;
  private final Broadcast<Change> watchers = new Broadcast<>(1_000, 200);
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable RegistryDesk desk;

  public ServiceRegistry(RegistryConfig config) {
    this.config = config;
  }

  public static ServiceFactory<RegistryConfig> factory() {
    return new ServiceFactory<>(NAME, RegistryConfig.DEFAULTS, ServiceRegistry::new);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "0.1.0";
  }

  @Override
  public void start(ServiceContext context) throws IOException {
    InstantSource time = SteadyTime.of(context.clock());
    RegistryStore store =
        new RegistryStore(context.state().resolve("registry").resolve("registrations.log"));
    open.add(store);
    RegistryDesk started =
        new RegistryDesk(
            config,
            context.agent(),
            time,
            store,
            FleetView.unknown(context.fleet()),
            change -> tell(context, change));
    FleetWatch watch = new FleetWatch(context, time, started::fleetChanged);
    open.add(watch);
    watch.start();
    open.add(context.timers().every(SWEEP, started::sweep));
    desk = started;
  }

  private void tell(ServiceContext context, Change change) {
    watchers.send(change);
    ServiceName name = change.entry().registration().serviceName();
    byte[] data = Wire.json(watched(change));
    try {
      context.bus().publish(Message.of("flotilla.event.registry." + subject(name), data));
    } catch (RuntimeException e) {
      log.warn("Watchers on the bus were not told of {}: {}", name, e.getMessage());
    }
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

  @Override
  public Health health() {
    RegistryDesk started = desk;
    return started == null ? Health.down("it has not started") : Health.ok();
  }

  /** What cannot be written down is shown; a restart would not mend it. */
  @Override
  public Health readiness() {
    RegistryDesk started = desk;
    return started == null ? Health.down("it has not started") : started.health();
  }

  @Override
  public List<Operation<?, ?>> operations() {
    RegistryDesk started = started();
    return List.of(
        Operation.of("register", Requests.Register.class, Requests.Leased.class, started::register)
            .summary("Registers an instance under a name, for as long as it renews its lease."),
        Operation.of("renew", Requests.Renew.class, Requests.Leased.class, started::renew)
            .summary("A sign of life: the lease begins anew."),
        Operation.of(
                "deregister",
                Requests.Renew.class,
                Requests.Deregistered.class,
                started::deregister)
            .summary("Takes a registration back."),
        Operation.of("discover", Requests.Discover.class, Requests.Found.class, started::discover)
            .summary("Finds instances by name, machine and tags."),
        Operation.of(
                "list",
                Operation.Nothing.class,
                Requests.Found.class,
                nothing -> started.discover(everything()))
            .summary("Everything there is, running or not."),
        Operation.of("port", Requests.Port.class, Requests.PortFound.class, started::port)
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
      events.send("instances", Wire.text(started().discover(asked)));
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

  private RegistryDesk started() {
    RegistryDesk started = desk;
    if (started == null) {
      throw new IllegalStateException("the registry has not started");
    }
    return started;
  }

  @Override
  public void close() {
    watchers.close();
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        log.warn("The registry could not end cleanly: {}", e.getMessage());
      }
    }
  }
}
