package dev.flotilla.assistant.door.keys;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How fast each key may ask: requests and tokens a minute. Thread-safe. */
public final class Rates {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TimeMeter time;
  private final Map<String, Bucket> requests = new ConcurrentHashMap<>();
  private final Map<String, Bucket> tokens = new ConcurrentHashMap<>();

  public Rates(InstantSource time) {
    this.time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return time.millis() * 1_000_000L;
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
  }

  /** Takes one request; how long to wait when there is none left. */
  public Optional<Duration> request(Key key) {
    return key.allowance()
        .requestsAMinute()
        .flatMap(most -> wait(bucket(requests, key, most).tryConsumeAndReturnRemaining(1)));
  }

  /** Whether tokens are left; what a request really took is taken by {@link #took}. */
  public Optional<Duration> tokens(Key key) {
    return key.allowance()
        .tokensAMinute()
        .flatMap(
            most -> {
              var probe = bucket(tokens, key, most).estimateAbilityToConsume(1);
              return probe.canBeConsumed()
                  ? Optional.empty()
                  : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            });
  }

  /**
   * What is left of a rate.
   *
   * @param most in a minute
   * @param now at least 0
   * @param full until all of it is there again
   */
  public record Left(int most, long now, Duration full) {}

  public Optional<Left> requestsLeft(Key key) {
    return key.allowance()
        .requestsAMinute()
        .map(most -> left(most, bucket(requests, key, most).getAvailableTokens()));
  }

  public Optional<Left> tokensLeft(Key key) {
    return key.allowance()
        .tokensAMinute()
        .map(most -> left(most, bucket(tokens, key, most).getAvailableTokens()));
  }

  private static Left left(int most, long now) {
    Duration full = MINUTE.multipliedBy(Math.max(0, most - now)).dividedBy(most);
    return new Left(most, Math.max(0, now), full);
  }

  public void took(Key key, long howMany) {
    key.allowance()
        .tokensAMinute()
        .filter(most -> howMany > 0)
        .ifPresent(most -> bucket(tokens, key, most).consumeIgnoringRateLimits(howMany));
  }

  private Bucket bucket(Map<String, Bucket> buckets, Key key, int most) {
    return buckets.computeIfAbsent(
        key.hash(),
        k ->
            Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, MINUTE))
                .build());
  }

  private static Optional<Duration> wait(ConsumptionProbe probe) {
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
