package dev.flotilla.scan.facts;

/** Fingerprints of a file's token sequences, with the line each starts on. Immutable. */
public final class Prints {
  /** No fingerprints. */
  public static final Prints NONE = new Prints(new long[0], new int[0], 0);

  private final long[] prints;
  private final int[] lines;
  private final int tokens;

  /**
   * @param prints the fingerprints in order of the file; not copied, must not change
   * @param lines the line of each; not copied, must not change
   * @param tokens how many tokens the file has
   */
  public Prints(long[] prints, int[] lines, int tokens) {
    this.prints = prints;
    this.lines = lines;
    this.tokens = tokens;
  }

  /** How many there are. */
  public int size() {
    return prints.length;
  }

  /** The fingerprint at that place. */
  public long print(int index) {
    return prints[index];
  }

  /** The line, from 1, it starts on. */
  public int line(int index) {
    return lines[index];
  }

  /** How many tokens the file has. */
  public int tokens() {
    return tokens;
  }
}
