package dev.flotilla.scan.python;

/**
 * A keyword argument.
 *
 * @param name its name; empty for {@code **value}
 */
public record Keyword(String name, Expression value, Span span) implements Node {}
