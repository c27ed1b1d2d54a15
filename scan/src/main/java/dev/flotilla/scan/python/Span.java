package dev.flotilla.scan.python;

/**
 * Where a node stands: lines from 1, columns from 0, the end exclusive.
 *
 * @param line first line
 * @param column first column, in code points
 * @param endLine last line
 * @param endColumn column after the last character
 */
public record Span(int line, int column, int endLine, int endColumn) {}
