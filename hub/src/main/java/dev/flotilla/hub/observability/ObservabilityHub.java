package dev.flotilla.hub.observability;

import dev.flotilla.kernel.Health;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the fleet: {@code /} is a live page, {@code /health_summary} tells of every agent and is
 * 503 while a required one is not fine, {@code /metrics} has the fleet in numbers. Thread-safe once
 * started.
 */
public final class ObservabilityHub implements Service {
  public static final String NAME = "ObservabilityHub";

  private static final Logger log = LoggerFactory.getLogger(ObservabilityHub.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(50);
  private static final int UNAVAILABLE = 503;

  private final HubConfig config;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable Running running;

  private record Running(AtomicReference<FleetView> view, LivePage page, InstantSource time) {}

  public ObservabilityHub(HubConfig config) {
    this.config = config;
  }

  public static ServiceFactory<HubConfig> factory() {
    return new ServiceFactory<>(NAME, HubConfig.DEFAULTS, ObservabilityHub::new);
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
  public void start(ServiceContext context) {
    InstantSource time = SteadyTime.of(context.clock());
    ResourceSampler sampler = new ResourceSampler(Path.of("/proc"), time, config.sampleInterval());
    AtomicReference<FleetView> view = new AtomicReference<>(FleetView.unknown(context.fleet()));
    LivePage page = new LivePage(view::get, sampler, time);
    FleetWatch watch =
        new FleetWatch(
            context,
            time,
            (before, after) -> {
              view.set(after);
              changed(context.timers(), page);
            });
    context.metrics().registry().register(new FleetMetrics(view::get, sampler, time));
    running = new Running(view, page, time);
    open.add(page);
    open.add(watch);
    watch.start();
    open.add(context.timers().every(TICK, page::refresh));
  }

  /** Renders soon, off the thread that brought the news; more news until then costs nothing. */
  private void changed(Timers timers, LivePage page) {
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
  public Health health() {
    return running == null ? Health.down("it has not started") : Health.ok();
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
                PageHeaders.on(HttpResponse.html(started().page().page().markup()))
                    .header("Cache-Control", "no-store"))
        .get("/events", request -> HttpResponse.events(started().page()::feed))
        .get("/assets/{name}", Assets::serve)
        .get("/health_summary", request -> healthSummary());
  }

  private HttpResponse healthSummary() {
    HealthSummary summary = summary();
    return HttpResponse.json(summary).status(summary.ok() ? 200 : UNAVAILABLE);
  }

  private HealthSummary summary() {
    FleetView view = started().view().get();
    return HealthSummary.of(view, started().time().instant());
  }

  private Running started() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the hub has not started");
    }
    return now;
  }

  @Override
  public void close() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        log.warn("The hub could not end cleanly: {}", e.getMessage());
      }
    }
  }
}
