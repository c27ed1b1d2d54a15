package dev.flotilla.scan.tracker;

/** The tracker did not do what was asked: what it said, what was expected, what to do. */
public final class TrackerRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String advice;

  TrackerRefused(String found, String expected, String advice) {
    super(found);
    this.expected = expected;
    this.advice = advice;
  }

  /** What was said, in a sentence. */
  public String found() {
    return String.valueOf(getMessage());
  }

  /** What would have done. */
  public String expected() {
    return expected;
  }

  /** What to do now. */
  public String advice() {
    return advice;
  }
}
