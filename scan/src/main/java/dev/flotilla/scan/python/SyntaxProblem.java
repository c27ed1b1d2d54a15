package dev.flotilla.scan.python;

/**
 * Why CPython would not accept a file.
 *
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1; 0 when unknown
 * @param type {@code SyntaxError}, {@code IndentationError}, {@code TabError} or {@code ValueError}
 * @param message CPython's words, as close as can be
 */
public record SyntaxProblem(int line, int column, String type, String message) {}
