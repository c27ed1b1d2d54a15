package dev.flotilla.cli.context;

/** What every command answers the shell with. */
public final class ExitCode {
  /** Done, and all is well. */
  public static final int OK = 0;

  /** Understood and not achieved: the words on the error output say why. */
  public static final int FAILED = 1;

  /** The command line was not understood; nothing was done. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
