package dev.flotilla.model;

/**
 * A mistake of the user, in a form that helps to mend it.
 *
 * @param found what is there
 * @param expected what should be
 * @param advice what to do
 */
public record Problem(
    Severity severity, Position where, String found, String expected, String advice) {

  /** An error stops the command, a warning does not. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public static Problem error(Position where, String found, String expected, String advice) {
    return new Problem(Severity.ERROR, where, found, expected, advice);
  }

  public static Problem warning(Position where, String found, String expected, String advice) {
    return new Problem(Severity.WARNING, where, found, expected, advice);
  }
}
