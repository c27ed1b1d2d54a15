package dev.flotilla.kernel.operation;

import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.model.Messaging;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Clock;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One circuit breaker for each target, for {@value #MOST} targets at most: beyond them a closed one
 * with the fewest failures is forgotten, which then starts anew. Thread-safe.
 */
public final class Breakers {
  /** Where callers name the targets, their names must not fill the memory. */
  static final int MOST = 500;

  private final CircuitBreakerConfig config;
  private final Map<String, CircuitBreaker> byTarget = new ConcurrentHashMap<>();

  public Breakers(Messaging.Breaker settings, Clock clock) {
    config =
        CircuitBreakerConfig.custom()
            .clock(clock)
            .currentTimestampFunction(now -> now.millis() * 1_000_000L, TimeUnit.NANOSECONDS)
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(settings.failures())
            .minimumNumberOfCalls(settings.failures())
            .failureRateThreshold(100)
            .waitDurationInOpenState(settings.open())
            .permittedNumberOfCallsInHalfOpenState(settings.trials())
            .writableStackTraceEnabled(false)
            .build();
  }

  /** Whether a call may go out now; each one that may must be told of by {@link #ended}. */
  public boolean permits(String target) {
    return of(target).tryAcquirePermission();
  }

  /** How a permitted call ended. */
  public enum End {
    SUCCESS,
    FAILURE,
    /** It says nothing about the target. */
    UNCOUNTED
  }

  public void ended(String target, End end) {
    CircuitBreaker breaker = of(target);
    switch (end) {
      case SUCCESS -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      case FAILURE -> {
        boolean trial = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        breaker.onError(0, TimeUnit.NANOSECONDS, new TargetFailed());
        if (trial && breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
          breaker.transitionToOpenState();
        }
      }
      case UNCOUNTED -> breaker.releasePermission();
    }
  }

  /**
   * Target to {@code closed}, {@code open} or {@code half-open}, for every target called so far
   * that is not forgotten.
   */
  public Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    byTarget.forEach((target, breaker) -> states.put(target, word(breaker.getState())));
    return states;
  }

  /** Shows the states as {@code flotilla_breaker_state}: 0 closed, 1 half-open, 2 open. */
  public void show(Metrics metrics) {
    show(metrics, "flotilla_breaker_state");
  }

  /** Shows the states under another name. */
  public void show(Metrics metrics, String name) {
    GaugeWithCallback.builder()
        .name(name)
        .help("Circuit breaker by target: 0 closed, 1 half-open, 2 open.")
        .labelNames("target")
        .callback(
            callback ->
                states()
                    .forEach(
                        (target, state) ->
                            callback.call(
                                switch (state) {
                                  case "closed" -> 0;
                                  case "half-open" -> 1;
                                  default -> 2;
                                },
                                target)))
        .register(metrics.registry());
  }

  /** The state of one target, as in {@link #states}; {@code closed} when it was never called. */
  public String state(String target) {
    CircuitBreaker known = byTarget.get(target);
    return word(known == null ? CircuitBreaker.State.CLOSED : known.getState());
  }

  private static String word(CircuitBreaker.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private CircuitBreaker of(String target) {
    CircuitBreaker known = byTarget.get(target);
    return known != null ? known : made(target);
  }

  private synchronized CircuitBreaker made(String target) {
    if (byTarget.size() >= MOST && !byTarget.containsKey(target)) {
      byTarget.entrySet().stream()
          .min(Comparator.comparingInt(each -> failures(each.getValue())))
          .ifPresent(least -> byTarget.remove(least.getKey()));
    }
    return byTarget.computeIfAbsent(target, name -> CircuitBreaker.of(name, config));
  }

  /** What would be lost with it; one that is not closed goes last. */
  private static int failures(CircuitBreaker breaker) {
    return breaker.getState() == CircuitBreaker.State.CLOSED
        ? breaker.getMetrics().getNumberOfFailedCalls()
        : Integer.MAX_VALUE;
  }

  /** Stands for any failure; the breaker only counts them. */
  private static final class TargetFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private TargetFailed() {
      super("the target failed", null, false, false);
    }
  }
}
