package dev.flotilla.kernel.metrics;

import dev.flotilla.bus.Bus;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

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

  /** A gauge that is read when somebody looks. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Shows whether the bus connection stands. */
  public void showBus(Bus bus) {
    gauge(
        "flotilla_bus_connected",
        "Whether the connection to the bus stands.",
        () -> bus.connected() ? 1 : 0);
  }

  /** Shows the few facts about the JVM that tell whether it is well. */
  public void showJvm() {
    Runtime runtime = Runtime.getRuntime();
    gauge(
        "jvm_memory_used_bytes",
        "Heap in use.",
        () -> runtime.totalMemory() - runtime.freeMemory());
    gauge("jvm_memory_max_bytes", "Largest heap allowed.", runtime::maxMemory);
    gauge(
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    gauge(
        "process_start_time_seconds",
        "When the process was started, since 1970.",
        () ->
            ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> start.toEpochMilli())
                    .orElse(0L)
                / 1000.0);
    CounterWithCallback.builder()
        .name("jvm_gc_collection_seconds_total")
        .help("Time spent in garbage collection.")
        .callback(
            callback ->
                callback.call(
                    ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum()
                        / 1000.0))
        .register(registry);
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
