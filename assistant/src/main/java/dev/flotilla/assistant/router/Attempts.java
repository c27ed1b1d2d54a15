package dev.flotilla.assistant.router;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which target is asked next. Each target is tried again a few times for what passes by itself;
 * then the next in the chain is asked. Where nobody else is left, one who is away is waited for.
 * Nothing is tried again once a part of the answer was passed on.
 */
public final class Attempts {
  private static final int TRIES = 2;
  private static final Set<Failure> PASS = Set.of(Failure.PASSING, Failure.CUT);
  private static final int TRIES_OF_WHO_IS_AWAY = 8;
  private static final Duration FIRST_REST = Duration.ofMillis(200);
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private Attempts() {}

  /** How an attempt ended without an answer. */
  public enum Failure {
    /** No connection, 429, 502, 503, 504: it may pass. */
    PASSING,
    /** The fleet's service that was at it has ended, and is started anew. */
    CUT,
    /** The fleet's service that is to answer is not there, and is started anew. */
    AWAY,
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
      List<Attempt> mine = mine(target, soFar);
      if (!permits(states, target, now) || !mayPass(mine) || wasAway(mine)) {
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
      return Optional.of(new Next(target, rest(1, random), "what failed may have passed"));
    }
    for (String target : chain) {
      List<Attempt> mine = mine(target, soFar);
      if (wasAway(mine)
          && mine.size() < TRIES_OF_WHO_IS_AWAY
          && mayPass(mine)
          && permits(states, target, now)) {
        return Optional.of(new Next(target, rest(mine.size(), random), "it may be back"));
      }
    }
    return Optional.empty();
  }

  private static List<Attempt> mine(String target, List<Attempt> soFar) {
    return soFar.isEmpty() ? soFar : soFar.stream().filter(a -> a.target().equals(target)).toList();
  }

  private static boolean wasAway(List<Attempt> mine) {
    return !mine.isEmpty() && mine.getLast().failure() == Failure.AWAY;
  }

  /** Whether a target may be asked again; who was away has not been asked. */
  private static boolean mayPass(List<Attempt> mine) {
    if (mine.isEmpty()) {
      return true;
    }
    List<Attempt> asked = mine.stream().filter(a -> a.failure() != Failure.AWAY).toList();
    return asked.size() < TRIES
        && asked.stream().allMatch(a -> PASS.contains(a.failure()) && a.retryAfter().isEmpty());
  }

  private static boolean permits(Map<String, TargetState> states, String target, Instant now) {
    TargetState state = states.getOrDefault(target, TargetState.GOOD);
    return !state.open() && state.coolUntil().filter(now::isBefore).isEmpty();
  }

  /** Twice as long each time. */
  private static Duration rest(int failures, double random) {
    long longest = Math.min(LONGEST_REST.toMillis(), FIRST_REST.toMillis() << (failures - 1));
    return Duration.ofMillis(Math.round(longest * (0.5 + random)));
  }
}
