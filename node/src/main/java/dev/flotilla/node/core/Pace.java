package dev.flotilla.node.core;

import java.time.Duration;

/**
 * How many agents may be starting at once. Cold starts of Python agents are bound by imports, so
 * starting all at once makes each of them slow; an agent that is not ready after a while gives its
 * turn to the next, since it then waits for something else than a core.
 *
 * @param atOnce agents with a probe that are started and not ready, at least 1
 * @param turn after which such an agent does not count any more
 */
public record Pace(int atOnce, Duration turn) {
  public Pace {
    if (atOnce < 1) {
      throw new IllegalArgumentException("at least 1 agent must be able to start, found " + atOnce);
    }
  }

  /** Four to a core for two seconds each. */
  public static Pace forCores(int cores) {
    return new Pace(Math.max(4, 4 * cores), Duration.ofSeconds(2));
  }
}
