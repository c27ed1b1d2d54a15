package dev.flotilla.scan.rules;

import java.util.Locale;

/** How a finding was come by. */
public enum Confidence {
  /** From a file that parses. */
  PARSED,
  /** From the readable part of a file that does not parse. */
  RECOVERED,
  /** Concluded from several files. */
  INFERRED;

  /** In lower case, as in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
