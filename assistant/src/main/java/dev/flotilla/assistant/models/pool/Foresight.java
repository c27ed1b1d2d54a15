package dev.flotilla.assistant.models.pool;

/** How well models were loaded ahead: how many were, and how many of those were used or not. */
public record Foresight(long loaded, long used, long wasted) {
  static final Foresight NONE = new Foresight(0, 0, 0);

  Foresight oneLoaded() {
    return new Foresight(loaded + 1, used, wasted);
  }

  Foresight oneUsed() {
    return new Foresight(loaded, used + 1, wasted);
  }

  Foresight oneWasted() {
    return new Foresight(loaded, used, wasted + 1);
  }
}
