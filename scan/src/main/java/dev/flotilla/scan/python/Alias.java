package dev.flotilla.scan.python;

/**
 * One name of an import.
 *
 * @param name the imported dotted name, or {@code *}
 * @param bound the name it gets here; for {@code import a.b} this is {@code a}
 */
public record Alias(String name, String bound, Span span) implements Node {}
