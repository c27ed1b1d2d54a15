package dev.flotilla.cli.context;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing itself: it wants one of those below it. */
public abstract class CommandGroup implements Runnable {
  /** What is wrong with it alone. */
  public static final String NO_COMMAND = "no command";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final void run() {
    throw new ParameterException(spec.commandLine(), NO_COMMAND);
  }
}
