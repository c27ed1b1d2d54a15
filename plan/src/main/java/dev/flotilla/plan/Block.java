package dev.flotilla.plan;

import java.util.Locale;

/**
 * A fenced block of a phase.
 *
 * @param number among the blocks of the same role in its phase, from 1
 * @param language the first word after the fence, in lower case; empty when there is none
 * @param code the lines between the fences, without the fence's own indentation, each ended by a
 *     line feed
 * @param line of the opening fence in the file, from 1
 * @param closed whether a closing fence was found
 */
public record Block(Role role, int number, String language, String code, int line, boolean closed) {

  /** What a block is for. */
  public enum Role {
    /** Run by {@code exec}. */
    STEP,
    /** Run in reverse order by {@code exec --rollback}. */
    ROLLBACK,
    /** Conditions, one a line. */
    GATE,
    /** How to close the phase by hand; never run. */
    CONCLUDING,
    /** Shown only: configuration, output, listings. */
    ARTEFACT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
