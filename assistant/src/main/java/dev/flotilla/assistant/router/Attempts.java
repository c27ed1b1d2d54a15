package dev.flotilla.assistant.router;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which target is asked next. Each target is tried again a few times for what passes by itself;
 * then the next in the chain is asked. Nothing is tried again once a part of the answer was passed
 * on.
 */
public final class Attempts {
  private static final int TRIES = 2;
  private static final Duration FIRST_REST = Duration.ofMillis(200);

  private Attempts() {}

  /** How an attempt ended without an answer. */
  public enum Failure {
    /** No connection, 429, 502, 503, 504: it may pass. */
    PASSING,
    /** 500, a broken answer: another target may do. */
    BROKEN,
    /** 400, 401, 404, 413: the request itself, for this target. */
    REFUSED
  }

  /**
   * @param retryAfter what the target asked to be left alone for
   */
  public record Attempt(String target, Failure failure, Optional<Duration> retryAfter) {}

  /**
   * How a target is.
   *
   * @param open whether its breaker keeps requests away
   * @param coolUntil when it may be asked again, after it said so
   */
  public record TargetState(boolean open, Optional<Instant> coolUntil) {
    public static final TargetState GOOD = new TargetState(false, Optional.empty());
  }

  /**
   * What to do next.
   *
   * @param rest wait before asking
   * @param reason in words, for the explanation of the request
   */
  public record Next(String target, Duration rest, String reason) {}

  /**
   * @param random from 0 to 1, for the jitter
   * @return empty when nobody is left to ask
   */
  public static Optional<Next> next(
      List<String> chain,
      Map<String, TargetState> states,
      List<Attempt> soFar,
      boolean streamed,
      Instant now,
      double random) {
    if (streamed) {
      return Optional.empty();
    }
    for (String target : chain) {
      List<Attempt> mine = soFar.stream().filter(a -> a.target().equals(target)).toList();
      if (mine.size() >= TRIES
          || mine.stream().anyMatch(a -> a.failure() != Failure.PASSING)
          || mine.stream().anyMatch(a -> a.retryAfter().isPresent())) {
        continue;
      }
      TargetState state = states.getOrDefault(target, TargetState.GOOD);
      if (state.open() || state.coolUntil().filter(now::isBefore).isPresent()) {
        continue;
      }
      if (mine.isEmpty()) {
        return Optional.of(
            new Next(
                target,
                Duration.ZERO,
                target.equals(chain.getFirst())
                    ? "it is the first choice"
                    : "those before it cannot answer"));
      }
      Duration rest = Duration.ofMillis(Math.round(FIRST_REST.toMillis() * (0.5 + random)));
      return Optional.of(new Next(target, rest, "what failed may have passed"));
    }
    return Optional.empty();
  }
}
