package dev.flotilla.assistant.jobs;

import java.util.Locale;

/** Where a job is in its life. */
public enum JobState {
  /** Other jobs must be done first. */
  BLOCKED,
  /** A worker may take it, once its time has come. */
  QUEUED,
  /** A worker holds its lease. */
  RUNNING,
  /** It has its result. */
  DONE,
  /** It failed as often as it may; it can be replayed. */
  DEAD,
  /** It was called off. */
  CANCELLED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
