package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.kernel.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;

/** What happened to models, counted for metrics. Thread-safe. */
final class Tallies {
  private final Counter happened;

  Tallies(Metrics metrics) {
    happened =
        Counter.builder()
            .name("flotilla_model_events_total")
            .help("What happened to models.")
            .labelNames("what")
            .register(metrics.registry());
  }

  void count(Effect.Kind kind) {
    happened.labelValues(kind.name().toLowerCase(Locale.ROOT)).inc();
  }
}
