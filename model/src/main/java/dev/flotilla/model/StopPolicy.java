package dev.flotilla.model;

import java.time.Duration;

/**
 * How an agent is stopped: the signal, then after the grace KILL for its whole process tree.
 *
 * @param signal name without {@code SIG}, such as {@code TERM}
 */
public record StopPolicy(String signal, Duration grace) {
  public static final StopPolicy DEFAULT = new StopPolicy("TERM", Duration.ofSeconds(10));
}
