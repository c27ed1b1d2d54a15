package dev.flotilla.plan;

/**
 * A stretch of a plan's text.
 *
 * @param start first character, from 0
 * @param end the character after the last, never before {@code start}
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a span runs forwards, found " + start + " to " + end);
    }
  }

  public String of(String text) {
    return text.substring(start, end);
  }
}
