package dev.flotilla.plan.gate;

/**
 * What checking one condition gave.
 *
 * @param found what is there
 * @param advice what to do when it does not hold
 * @param exit of the command that was run, −1 when none was
 * @param output hash of its output, or of the file; empty when there is none
 */
public record Outcome(
    Condition condition, State state, String found, String advice, int exit, String output) {

  /** Whether a condition holds. */
  public enum State {
    HOLDS,
    FAILS,
    /** Nobody can tell yet: it was not run, or its source is not there. */
    OPEN
  }

  public static Outcome holds(Condition condition, String found) {
    return new Outcome(condition, State.HOLDS, found, "", -1, "");
  }

  public static Outcome fails(Condition condition, String found, String advice) {
    return new Outcome(condition, State.FAILS, found, advice, -1, "");
  }

  public static Outcome open(Condition condition, String found, String advice) {
    return new Outcome(condition, State.OPEN, found, advice, -1, "");
  }

  public Outcome with(int code, String hash) {
    return new Outcome(condition, state, found, advice, code, hash);
  }
}
