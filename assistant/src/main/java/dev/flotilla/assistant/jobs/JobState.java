package dev.flotilla.assistant.jobs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

  /** Whether nothing more happens to it unless somebody replays it. */
  public boolean isEnd() {
    return this == DONE || this == DEAD || this == CANCELLED;
  }

  static List<String> labels() {
    return Stream.of(values()).map(JobState::label).toList();
  }

  static JobState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
