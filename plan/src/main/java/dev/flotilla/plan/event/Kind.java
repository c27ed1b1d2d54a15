package dev.flotilla.plan.event;

import java.util.Locale;

/** What can happen to a plan. */
public enum Kind {
  CREATED,
  IMPORTED,
  ADDED,
  REMOVED,
  DONE,
  UNDONE,
  TICKED,
  CLEARED,
  CLAIMED,
  RELEASED,
  ACKNOWLEDGED,
  REVIEWED,
  CHECKED,
  BASELINE,
  STEP_STARTED,
  STEP_ENDED,
  STEP_SKIPPED,
  INTERRUPTED,
  RESUMED,
  DELETED,
  RESTORED,
  ARCHIVED,
  MERGED,
  /** Written by a later version; kept and shown, not understood. */
  UNKNOWN;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Kind of(String word) {
    for (Kind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return UNKNOWN;
  }
}
