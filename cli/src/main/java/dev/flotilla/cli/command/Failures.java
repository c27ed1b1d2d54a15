package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into words and an exit code. */
final class Failures {
  private final Context context;

  Failures(Context context) {
    this.context = context;
  }

  int onException(Exception thrown, CommandLine line, ParseResult parsed) {
    if (thrown instanceof CommandFailure failure) {
      new ProblemReport(context).print(failure.problems());
      return failure.exitCode();
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    context
        .screen()
        .err()
        .println(
            "This is a fault of Flotilla's own, not of what you typed. Please report it with the"
                + " lines below.\n"
                + trace);
    return ExitCode.FAILED;
  }
}
