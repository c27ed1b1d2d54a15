package dev.flotilla.cli.thin;

/**
 * What is said back: first {@link #BEGUN} or {@link #ELSEWHERE}, then what was printed, in order,
 * then the exit code. A client that has not read {@code BEGUN} knows that nothing was done.
 */
final class Answer {
  /** The command is being carried out. */
  static final byte BEGUN = 1;

  /** The process that asks has to do it itself; nothing was done. */
  static final byte ELSEWHERE = 2;

  /** Bytes for standard output follow. */
  static final byte OUT = 3;

  /** Bytes for the error output follow. */
  static final byte ERR = 4;

  /** The exit code follows, and nothing more. */
  static final byte END = 5;

  private Answer() {}
}
