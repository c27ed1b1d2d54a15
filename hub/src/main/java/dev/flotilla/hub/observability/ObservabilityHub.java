package dev.flotilla.hub.observability;

import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.fleet.SteadyTime;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.time.Timers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows the fleet: {@code /} is a live page, {@code /health_summary} tells of every agent and is
 * 503 while a required one is not fine, {@code /metrics} has the fleet in numbers. Thread-safe.
 */
public final class ObservabilityHub implements Service {
  public static final String NAME = "ObservabilityHub";

  private static final Duration SOON = Duration.ofMillis(50);
  private static final int UNAVAILABLE = 503;

  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicReference<FleetView> view;
  private final InstantSource time;
  private final LivePage page;
  private final ChatRelay chat;

  private ObservabilityHub(HubConfig config, FleetWatch fleet, ServiceContext context) {
    time = SteadyTime.of(context.clock());
    view = new AtomicReference<>(FleetView.unknown(context.fleet()));
    ResourceSampler sampler = new ResourceSampler(Path.of("/proc"), time, config.sampleInterval());
    page = context.keep(new LivePage(view::get, sampler, time, context.timers()));
    chat = new ChatRelay(view::get, context.agent().machine(), context.state());
    context.metrics().registry().register(new FleetMetrics(view::get, sampler, time));
    context.keep(
        fleet.follow(
            context,
            (before, after) -> {
              view.set(after);
              changed(context.timers());
            }));
  }

  /**
   * @param fleet shared by the services of one JVM
   */
  public static ServiceFactory<HubConfig> factory(FleetWatch fleet) {
    return new ServiceFactory<>(
        NAME,
        HubConfig.DEFAULTS,
        (config, context) -> new ObservabilityHub(config, fleet, context));
  }

  /** Renders soon, off the thread that brought the news; more news until then costs nothing. */
  private void changed(Timers timers) {
    if (page.readers() > 0 && waiting.compareAndSet(false, true)) {
      timers.after(
          SOON,
          () -> {
            waiting.set(false);
            page.refresh();
          });
    }
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of(
                "health-summary",
                Operation.Nothing.class,
                HealthSummary.class,
                nothing -> summary())
            .summary("How the fleet is, agent by agent."));
  }

  @Override
  public void routes(Routes routes) {
    routes
        .get(
            "/",
            request ->
                PageHeaders.on(HttpResponse.html(page.page().markup()))
                    .header("Cache-Control", "no-store"))
        .get(
            "/chat",
            request ->
                PageHeaders.on(HttpResponse.html(ChatPage.of(view.get().fleet().name()).markup())))
        .post("/chat/ask", chat::ask)
        .get("/chat/models", request -> chat.models())
        .get("/chat/requests/{id}", request -> chat.explain(request.parameter("id")))
        .get("/events", request -> HttpResponse.events(page::feed))
        .get("/assets/{name}", Assets::serve)
        .get("/health_summary", request -> healthSummary());
  }

  private HttpResponse healthSummary() {
    HealthSummary summary = summary();
    return HttpResponse.json(summary).status(summary.ok() ? 200 : UNAVAILABLE);
  }

  private HealthSummary summary() {
    return HealthSummary.of(view.get(), time.instant());
  }
}
