package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.SecretFile;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.HttpOperations;
import dev.flotilla.kernel.operation.OpenApi;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Listen;
import dev.flotilla.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started service with all it is reached by: its listener and its place on the bus. */
final class RunningService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningService.class);

  private final Service service;
  private final String name;
  private final Breakers breakers;
  private final ServiceContext context;
  private Optional<HttpListener> listener = Optional.empty();

  private RunningService(Service service, String name, Breakers breakers, ServiceContext context) {
    this.service = service;
    this.name = name;
    this.breakers = breakers;
    this.context = context;
  }

  static RunningService start(
      ServiceFactory.Configured configured,
      HostSettings settings,
      Agent agent,
      Bus bus,
      Flags flags,
      Clock clock,
      Timers timers)
      throws Exception {
    Breakers breakers = new Breakers(settings.messaging().breaker(), clock);
    ServiceContext context =
        new ServiceContext(
            agent.id(),
            settings.fleet(),
            settings.group(),
            settings.state(),
            agent.ports(),
            agent.environment(),
            bus,
            new BusCalls(bus, breakers, clock).within(settings.messaging().timeout()),
            flags,
            new Metrics(),
            clock,
            timers,
            settings.messaging().batch(),
            new Resources(agent.id().toString()));
    try {
      RunningService running =
          new RunningService(
              configured.ready().start(context), configured.name(), breakers, context);
      running.serve(agent);
      return running;
    } catch (Exception e) {
      context.resources().close();
      throw e;
    }
  }

  private void serve(Agent agent) throws IOException {
    List<Operation<?, ?>> declared = service.operations();
    Metrics metrics = context.metrics();
    breakers.show(metrics);
    metrics.showBus(context.bus());
    metrics.showJvm();
    Dispatcher dispatcher =
        new Dispatcher(name, declared, context.clock(), new OperationMetrics(metrics));
    if (agent.port().isPresent()) {
      Routes routes = new Routes();
      standardRoutes(routes, declared);
      HttpOperations.addTo(routes, dispatcher);
      service.routes(routes);
      HttpListener here =
          context.keep(HttpListener.start(HttpSettings.loopback(agent.port().get()), routes));
      listener = Optional.of(here);
      if (agent.launch() instanceof Launch.Service(String _, Optional<Listen> listen)
          && listen.isPresent()) {
        context.keep(HttpListener.start(beyond(listen.get(), here.port()), routes));
      }
    }
    String id = (agent.id() + "-" + ProcessHandle.current().pid()).replaceAll("[^A-Za-z0-9-]", "-");
    context.keep(
        OperationServer.start(context.bus(), dispatcher, Version.CURRENT, id, context.clock()));
  }

  private static HttpSettings beyond(Listen listen, int port) throws IOException {
    return HttpSettings.beyond(
        listen.host(),
        port,
        SecretFile.read(Path.of(listen.token())),
        new HttpSettings.Tls(Path.of(listen.certificate()), Path.of(listen.key())));
  }

  private void standardRoutes(Routes routes, List<Operation<?, ?>> declared) {
    routes
        .get("/health", request -> answer(service.health()))
        .get("/ready", request -> answer(service.readiness()))
        .get("/health/detail", request -> HttpResponse.json(detail()))
        .get(
            "/metrics",
            request -> HttpResponse.bytes("text/plain; version=0.0.4", context.metrics().text()))
        .get(
            "/openapi.json",
            request -> HttpResponse.json(OpenApi.of(name, Version.CURRENT, declared)));
  }

  private static HttpResponse answer(Health health) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", health.status());
    if (!health.why().isEmpty()) {
      body.put("reasons", health.why());
    }
    return HttpResponse.json(body).status(health instanceof Health.Ok ? 200 : 503);
  }

  private Map<String, Object> detail() {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("service", name);
    detail.put("version", Version.CURRENT);
    detail.put("status", service.health().status());
    detail.put("reasons", service.health().why());
    detail.put("ready", service.readiness().status());
    detail.put("bus", context.bus().connected() ? "connected" : "disconnected");
    detail.put("breakers", breakers.states());
    return detail;
  }

  Health health() {
    return service.health();
  }

  Optional<Integer> port() {
    return listener.map(HttpListener::port);
  }

  @Override
  public void close() {
    try {
      service.drain();
    } catch (RuntimeException e) {
      log.error("{} threw when it was drained.", name, e);
    }
    context.resources().close();
  }
}
