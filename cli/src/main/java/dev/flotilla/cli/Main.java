package dev.flotilla.cli;

import dev.flotilla.cli.command.Commands;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.TerminalSize;
import dev.flotilla.cli.wiring.Ending;
import dev.flotilla.model.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The entry point of the {@code flotilla} command. */
public final class Main {
  /**
   * Commands that leave nothing for the end: an orderly exit would set up logging, only to say
   * there that it exits.
   */
  private static final Set<String> SHORT = Set.of("plan", "--version");

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Map<String, String> environment = System.getenv();
    boolean terminal = Boolean.getBoolean("flotilla.terminal");
    Screen screen = Screen.of(out, err, environment, terminal, TerminalSize::columns);
    Context context =
        new Context(new GlobalOptions(), screen, environment, Path.of("").toAbsolutePath());
    int exitCode = answer(context, args);
    out.flush();
    err.flush();
    if (args.length > 0 && SHORT.contains(args[0])) {
      Runtime.getRuntime().halt(exitCode);
    }
    if (args.length > 0 && args[0].equals("node")) {
      Ending.now(exitCode);
    }
    System.exit(exitCode);
  }

  /** The version is asked for by scripts again and again, and needs no command line to be read. */
  private static int answer(Context context, String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      context.plainScreen().line("flotilla " + Version.CURRENT);
      return ExitCode.OK;
    }
    return Commands.run(context, args);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
