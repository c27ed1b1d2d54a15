package dev.flotilla.cli.context;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import java.util.List;

/**
 * Ends a command with what went wrong, in words for the person who typed it. Thrown for mistakes
 * and circumstances, never for bugs.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient List<Problem> problems;

  private CommandFailure(int exitCode, List<Problem> problems) {
    super(problems.getFirst().found());
    this.exitCode = exitCode;
    this.problems = List.copyOf(problems);
  }

  /** What was asked for could not be done. */
  public static CommandFailure of(String found, String expected, String advice) {
    return of(List.of(Problem.error(NOWHERE, found, expected, advice)));
  }

  /**
   * What was asked for could not be done.
   *
   * @param problems at least one
   */
  public static CommandFailure of(List<Problem> problems) {
    return new CommandFailure(ExitCode.FAILED, problems);
  }

  /** The command line says something that is not understood. */
  public static CommandFailure usage(String found, String expected, String advice) {
    return new CommandFailure(
        ExitCode.USAGE, List.of(Problem.error(NOWHERE, found, expected, advice)));
  }

  private static final Position NOWHERE = new Position("", 0, 0);

  public int exitCode() {
    return exitCode;
  }

  public List<Problem> problems() {
    return problems;
  }
}
