package dev.flotilla.scan.rules;

import java.util.Locale;

/** How much a finding matters, worst first. */
public enum Severity {
  /** Something does not work, or is open to attack. */
  CRITICAL,
  /** Breaks under ordinary circumstances. */
  HIGH,
  /** Costs time or hides faults. */
  MEDIUM,
  /** Untidy. */
  LOW;

  /** In lower case, as in reports and options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this is at least as bad as the other. */
  public boolean atLeast(Severity other) {
    return compareTo(other) <= 0;
  }
}
