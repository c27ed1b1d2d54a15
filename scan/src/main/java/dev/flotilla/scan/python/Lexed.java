package dev.flotilla.scan.python;

import java.util.List;
import java.util.Optional;

/**
 * A light reading of a file that never fails: comments, which lines continue another, and the
 * tokens as numbers for finding copies. Immutable.
 */
public final class Lexed {
  private final List<Comment> comments;
  private final boolean[] continuation;
  private final boolean[] inString;
  private final int[] tokens;
  private final int[] tokenLines;
  private final Optional<SyntaxProblem> formatProblem;

  Lexed(
      List<Comment> comments,
      boolean[] continuation,
      boolean[] inString,
      int[] tokens,
      int[] tokenLines,
      Optional<SyntaxProblem> formatProblem) {
    this.comments = comments;
    this.continuation = continuation;
    this.inString = inString;
    this.tokens = tokens;
    this.tokenLines = tokenLines;
    this.formatProblem = formatProblem;
  }

  /**
   * A comment.
   *
   * @param line from 1
   * @param column from 0
   * @param text with its {@code #}
   * @param alone whether nothing else stands on the line
   */
  public record Comment(int line, int column, String text, boolean alone) {}

  /** The first f-string that CPython 3.11 rejects, whatever later versions say. */
  Optional<SyntaxProblem> formatProblem() {
    return formatProblem;
  }

  /** The comments in order. */
  public List<Comment> comments() {
    return comments;
  }

  /** The number of lines. */
  public int lines() {
    return continuation.length;
  }

  /** Whether the line, from 0, starts in a string, in brackets or after a backslash. */
  public boolean continues(int line) {
    return continuation[line];
  }

  /** Whether the line, from 0, starts inside a string. */
  public boolean inString(int line) {
    return inString[line];
  }

  /** The number of tokens. */
  public int tokens() {
    return tokens.length;
  }

  /** A number for a token: equal for equal words and operators, one for all of a literal's kind. */
  public int token(int index) {
    return tokens[index];
  }

  /** The line, from 1, a token stands on. */
  public int tokenLine(int index) {
    return tokenLines[index];
  }
}
