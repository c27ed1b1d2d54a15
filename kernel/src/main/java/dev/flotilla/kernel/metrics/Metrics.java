package dev.flotilla.kernel.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What one service counts. Thread-safe.
 *
 * <p>Register instruments with {@link #registry}: {@code
 * Counter.builder().name("flotilla_leases_expired_total").help("…").register(metrics.registry())}.
 * Names begin with {@code flotilla_} and end with their unit.
 */
public final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  public PrometheusRegistry registry() {
    return registry;
  }

  /** Everything as it stands now, in the Prometheus text format 0.0.4. */
  public byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
