package dev.flotilla.node.process;

/** A process could not be started; the message says for people what was found and what helps. */
public final class SpawnException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * @param passing whether the cause may pass by itself, such as a lack of memory
   */
  public SpawnException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Whether the cause may pass by itself. */
  public boolean passing() {
    return passing;
  }
}
