package dev.flotilla.cli.context;

/**
 * A command that one process carries out for another. What should not be done in the process of a
 * node refuses here, before anything was written, and the other process does it all itself.
 */
public final class Served {
  /** Bound while a command is carried out for another process. */
  public static final ScopedValue<Served> HERE = ScopedValue.newInstance();

  private boolean refused;

  /** Ends a command that is carried out for another process; does nothing anywhere else. */
  public static void onlyByOneself() {
    if (HERE.isBound()) {
      HERE.get().refused = true;
      throw new IllegalStateException("a process does this only for itself");
    }
  }

  public boolean refused() {
    return refused;
  }
}
