package dev.flotilla.assistant.door;

import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the door counts, by task, target and key. */
final class DoorMetrics {
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120
  };

  /** Models of open targets are named by clients, who must not fill the memory with names. */
  private static final int MOST_MODELS = 200;

  private final Set<String> models = ConcurrentHashMap.newKeySet();
  private final Counter requests;
  private final Counter tokens;
  private final Counter cost;
  private final Counter attempts;
  private final Counter cache;
  private final Histogram duration;
  private final Histogram first;

  DoorMetrics(Metrics metrics, Admission admission) {
    var registry = metrics.registry();
    requests =
        Counter.builder()
            .name("flotilla_requests_total")
            .help("Requests by task, the target that answered, key and outcome.")
            .labelNames("task", "target", "key", "outcome")
            .register(registry);
    tokens =
        Counter.builder()
            .name("flotilla_request_tokens_total")
            .help("Tokens by target, key and direction.")
            .labelNames("target", "key", "direction")
            .register(registry);
    cost =
        Counter.builder()
            .name("flotilla_request_cost_total")
            .help("Money by target and key.")
            .labelNames("target", "key")
            .register(registry);
    attempts =
        Counter.builder()
            .name("flotilla_request_attempts_total")
            .help("Targets asked, by what came of it.")
            .labelNames("target", "outcome")
            .register(registry);
    cache =
        Counter.builder()
            .name("flotilla_request_cache_total")
            .help("Requests by what they found in the cache of answers, where one is on.")
            .labelNames("outcome")
            .register(registry);
    duration =
        Histogram.builder()
            .name("flotilla_request_duration_seconds")
            .help("From the request to the end of its answer, by target.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .labelNames("target")
            .register(registry);
    first =
        Histogram.builder()
            .name("flotilla_request_first_part_seconds")
            .help("From the request to the first part of its answer, by target.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .labelNames("target")
            .register(registry);
    metrics.gauge("flotilla_requests_inside", "Requests being answered now.", admission::inside);
    metrics.gauge(
        "flotilla_requests_waiting", "Requests waiting to be let in.", admission::waiting);
  }

  private String label(String target) {
    int slash = target.indexOf('/');
    boolean known =
        slash < 0 || models.contains(target) || (models.size() < MOST_MODELS && models.add(target));
    return known ? target : target.substring(0, slash) + "/other";
  }

  void count(
      String task,
      String answeredBy,
      String key,
      String outcome,
      Usage usage,
      double money,
      Map<String, Double> milliseconds) {
    String target = label(answeredBy);
    requests.labelValues(task, target, key, outcome).inc();
    if (usage.total() > 0) {
      tokens.labelValues(target, key, "input").inc(usage.input());
      tokens.labelValues(target, key, "output").inc(usage.output());
    }
    if (money > 0) {
      cost.labelValues(target, key).inc(money);
    }
    duration.labelValues(target).observe(milliseconds.getOrDefault("total", 0.0) / 1000);
    Double part = milliseconds.get("first");
    if (part != null) {
      first.labelValues(target).observe(part / 1000);
    }
  }

  void attempt(String target, String outcome) {
    attempts.labelValues(label(target), outcome).inc();
  }

  /**
   * @param told as in an explanation; the outcome is what stands before a comma or a colon
   */
  void cache(String told) {
    if (!told.equals("off")) {
      cache.labelValues(told.split("[,:]", 2)[0]).inc();
    }
  }
}
