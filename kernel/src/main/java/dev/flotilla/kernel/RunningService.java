package dev.flotilla.kernel;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.http.HttpListener;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.HttpSettings;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.BreakerSettings;
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
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started service with all it is reached by: its listener and its place on the bus. */
final class RunningService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceHost.class);

  private final Service service;
  private final Breakers breakers;
  private final Bus bus;
  private final Metrics metrics;
  private Optional<HttpListener> listener = Optional.empty();
  private Optional<OperationServer> operations = Optional.empty();

  private RunningService(Service service, Breakers breakers, Bus bus, Metrics metrics) {
    this.service = service;
    this.breakers = breakers;
    this.bus = bus;
    this.metrics = metrics;
  }

  static RunningService start(
      Service service,
      HostSettings settings,
      Agent agent,
      Bus bus,
      Flags flags,
      Clock clock,
      Timers timers)
      throws Exception {
    Metrics metrics = new Metrics();
    Breakers breakers = new Breakers(BreakerSettings.DEFAULT, clock);
    RunningService running = new RunningService(service, breakers, bus, metrics);
    try {
      service.start(
          new ServiceContext(
              agent.id(),
              settings.fleet(),
              settings.group(),
              settings.state(),
              agent.ports(),
              agent.environment(),
              bus,
              new BusCalls(bus, breakers, clock),
              flags,
              metrics,
              clock,
              timers));
      running.serve(agent, clock);
      return running;
    } catch (Exception e) {
      running.close();
      throw e;
    }
  }

  private void serve(Agent agent, Clock clock) throws IOException {
    List<Operation<?, ?>> declared = service.operations();
    breakers.show(metrics);
    metrics.showBus(bus);
    metrics.showJvm();
    Dispatcher dispatcher =
        new Dispatcher(service.name(), declared, clock, new OperationMetrics(metrics));
    if (agent.port().isPresent()) {
      Routes routes = new Routes();
      standardRoutes(routes, declared);
      HttpOperations.addTo(routes, dispatcher);
      service.routes(routes);
      listener = Optional.of(HttpListener.start(HttpSettings.loopback(agent.port().get()), routes));
    }
    String id = (agent.id() + "-" + ProcessHandle.current().pid()).replaceAll("[^A-Za-z0-9-]", "-");
    operations = Optional.of(OperationServer.start(bus, dispatcher, service.version(), id, clock));
  }

  private void standardRoutes(Routes routes, List<Operation<?, ?>> declared) {
    routes
        .get("/health", request -> answer(service.health()))
        .get("/ready", request -> answer(service.readiness()))
        .get("/health/detail", request -> HttpResponse.json(detail()))
        .get("/metrics", request -> HttpResponse.bytes("text/plain; version=0.0.4", metrics.text()))
        .get(
            "/openapi.json",
            request -> HttpResponse.json(OpenApi.of(service.name(), service.version(), declared)));
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
    detail.put("service", service.name());
    detail.put("version", service.version());
    detail.put("status", service.health().status());
    detail.put("reasons", service.health().why());
    detail.put("ready", service.readiness().status());
    detail.put("bus", bus.connected() ? "connected" : "disconnected");
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
    operations.ifPresent(OperationServer::close);
    listener.ifPresent(HttpListener::close);
    try {
      service.close();
    } catch (RuntimeException e) {
      log.error("{} threw when it was closed.", service.name(), e);
    }
  }
}
