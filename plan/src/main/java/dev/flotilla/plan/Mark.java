package dev.flotilla.plan;

/** What the check box of a task shows. */
public enum Mark {
  /** The task has no box. */
  NONE,
  OPEN,
  DONE;

  /** Reads the character between the brackets of a box. */
  public static Mark of(char inside) {
    return switch (inside) {
      case 'x', 'X', '✔', '✓' -> DONE;
      default -> OPEN;
    };
  }
}
