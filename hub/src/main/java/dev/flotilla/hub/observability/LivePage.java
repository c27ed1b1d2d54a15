package dev.flotilla.hub.observability;

import dev.flotilla.hub.live.Broadcast;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.http.EventStream;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The page as it is now and what changes in it. Rendered only while somebody looks. Thread-safe.
 *
 * <p>Events: {@code all} with every row, {@code row} with one changed row, {@code summary} with
 * verdict and counts. A summary comes at least every few seconds; a page that hears nothing longer
 * shows itself stale.
 */
final class LivePage implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int MOST_READERS = 100;

  private final Supplier<FleetView> fleet;
  private final ResourceSampler sampler;
  private final InstantSource time;
  private final Timers timers;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private final Broadcast<Event> events = new Broadcast<>(5_000, MOST_READERS);
  private Map<String, String> shown = Map.of();

  private record Event(String name, String data) {}

  /** A row with the id of its element. */
  private record Row(String id, String html) {}

  /** What stands above the table. */
  private record Summary(
      boolean ok, String verdict, int all, Map<String, Integer> counts, Instant at) {}

  /** Everything at one moment. */
  private record Picture(HealthSummary summary, Map<String, Html> rows) {}

  LivePage(Supplier<FleetView> fleet, ResourceSampler sampler, InstantSource time, Timers timers) {
    this.fleet = fleet;
    this.sampler = sampler;
    this.time = time;
    this.timers = timers;
  }

  /** The page whole. */
  Html page() {
    Picture picture = picture(true);
    return FleetPage.of(picture.summary(), List.copyOf(picture.rows().values()));
  }

  /** How many look at it now. */
  int readers() {
    return events.readers();
  }

  /** Sends what has changed since the last time. */
  synchronized void refresh() {
    if (events.readers() == 0) {
      shown = Map.of();
      return;
    }
    Picture picture = picture(false);
    Map<String, String> now = markup(picture);
    if (!now.keySet().equals(shown.keySet())) {
      events.send(all(picture));
    } else {
      now.forEach(
          (id, html) -> {
            if (!html.equals(shown.get(id))) {
              events.send(new Event("row", Wire.text(new Row(id, html))));
            }
          });
    }
    shown = now;
    events.send(summary(picture));
  }

  /** Feeds one reader until it has gone. */
  void feed(EventStream stream) throws IOException, InterruptedException {
    Broadcast<Event>.Reader reader =
        events
            .join()
            .orElseThrow(
                () ->
                    Failure.unavailable(
                            MOST_READERS + " open pages, as many as there may be",
                            "room for one more",
                            "close some")
                        .exception());
    try (reader) {
      tickWhileRead();
      Picture picture = firstPicture();
      send(stream, all(picture));
      send(stream, summary(picture));
      while (reader.open()) {
        Optional<Event> event = reader.next(BEAT);
        send(stream, event.isPresent() ? event.get() : summary(picture(false)));
      }
    }
  }

  private void tickWhileRead() {
    if (readers() > 0 && ticking.compareAndSet(false, true)) {
      var _ = timers.after(TICK, this::tick);
    }
  }

  private void tick() {
    try {
      refresh();
    } finally {
      ticking.set(false);
      tickWhileRead();
    }
  }

  /** What a new reader begins with; changes count from what the first one was shown. */
  private synchronized Picture firstPicture() {
    Picture picture = picture(false);
    if (shown.isEmpty()) {
      shown = markup(picture);
    }
    return picture;
  }

  private static void send(EventStream stream, Event event) throws IOException {
    stream.send(event.name(), event.data());
  }

  private Picture picture(boolean whole) {
    Instant now = time.instant();
    FleetView view = fleet.get();
    List<AgentView> agents = AgentView.all(view, now);
    Map<Long, Integer> sharers = sharers(agents);
    Map<Long, ResourceUse> uses = sampler.sample(sharers.keySet());
    Map<String, Html> rows = new LinkedHashMap<>();
    for (AgentView agent : agents) {
      Optional<Long> pid = agent.pid().filter(p -> !agent.stale());
      rows.put(
          AgentRow.domId(agent),
          AgentRow.of(
              agent,
              pid.map(uses::get),
              pid.map(p -> sharers.getOrDefault(p, 1)).orElse(1),
              whole ? Optional.of(now) : Optional.empty()));
    }
    return new Picture(HealthSummary.of(view.fleet().name(), agents, now), rows);
  }

  /** How many agents there are in each process. */
  static Map<Long, Integer> sharers(List<AgentView> agents) {
    Map<Long, Integer> sharers = new HashMap<>();
    agents.forEach(a -> a.pid().ifPresent(pid -> sharers.merge(pid, 1, Integer::sum)));
    return sharers;
  }

  private static Map<String, String> markup(Picture picture) {
    Map<String, String> markup = new LinkedHashMap<>();
    picture.rows().forEach((id, html) -> markup.put(id, html.markup()));
    return markup;
  }

  private static Event all(Picture picture) {
    return new Event("all", Html.join(picture.rows().values()).markup());
  }

  private static Event summary(Picture picture) {
    HealthSummary s = picture.summary();
    return new Event(
        "summary",
        Wire.text(new Summary(s.ok(), s.verdict(), s.agents().size(), s.counts(), s.at())));
  }

  @Override
  public void close() {
    events.close();
  }
}
