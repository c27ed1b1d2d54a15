package dev.flotilla.scan.python;

/** What the bytes of a source file say: text, or why they cannot be read as text. */
public sealed interface Decoded {
  /**
   * Readable.
   *
   * @param text with newlines as {@code \n} and without byte order mark
   */
  record Text(String text) implements Decoded {}

  /**
   * Not readable as its encoding.
   *
   * @param nearest the text with every unreadable byte replaced, to read what can be read
   */
  record Unreadable(SyntaxProblem problem, String nearest) implements Decoded {}
}
