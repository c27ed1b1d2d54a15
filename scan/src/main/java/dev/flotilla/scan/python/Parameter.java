package dev.flotilla.scan.python;

import java.util.Optional;

/**
 * A parameter of a function.
 *
 * @param name its name without stars
 * @param kind how it is passed
 */
public record Parameter(
    String name,
    Kind kind,
    Optional<Expression> annotation,
    Optional<Expression> initial,
    Span span)
    implements Node {
  /** How a parameter is passed. */
  public enum Kind {
    /** By position or by name. */
    ORDINARY,
    /** {@code *args}. */
    STAR,
    /** By name only. */
    KEYWORD_ONLY,
    /** {@code **kwargs}. */
    DOUBLE_STAR
  }
}
