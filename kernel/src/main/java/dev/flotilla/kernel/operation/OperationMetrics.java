package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.metrics.Metrics;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/** What is counted of operations: how many came out how, and how long they took. */
public final class OperationMetrics {
  private static final double[] SECONDS = {0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30};

  private final Counter requests;
  private final Histogram duration;

  public OperationMetrics(Metrics metrics) {
    requests =
        Counter.builder()
            .name("flotilla_operation_requests_total")
            .help("Requests answered, by operation and outcome.")
            .labelNames("operation", "outcome")
            .register(metrics.registry());
    duration =
        Histogram.builder()
            .name("flotilla_operation_duration_seconds")
            .help("Time from the request read to the response written.")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(metrics.registry());
  }

  Timer timer(String operation) {
    DistributionDataPoint durations = duration.labelValues(operation);
    return (outcome, nanos) -> {
      requests.labelValues(operation, outcome).inc();
      durations.observe(nanos / 1e9);
    };
  }

  /** The instruments of one operation. */
  interface Timer {
    void observe(String outcome, long nanos);
  }
}
