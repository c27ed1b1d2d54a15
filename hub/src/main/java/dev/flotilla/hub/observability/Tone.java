package dev.flotilla.hub.observability;

import dev.flotilla.model.AgentState;
import java.util.Locale;

/** How good it is that an agent is in its state. */
enum Tone {
  FINE("fine"),
  COMING("on the way"),
  TROUBLE("in trouble"),
  OFF("off"),
  STALE("not known");

  private final String words;

  Tone(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** As in CSS classes and in JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Tone of(AgentState state) {
    return switch (state) {
      case RUNNING, HEALTHY -> FINE;
      case STARTING, RESTARTING -> COMING;
      case DEGRADED, CRASH_LOOP, FAILED -> TROUBLE;
      case WAITING, STOPPED -> OFF;
    };
  }

  /** A sign that tells states apart without colour. */
  static String sign(AgentState state) {
    return switch (state) {
      case HEALTHY -> "✓";
      case RUNNING -> "▶";
      case STARTING -> "◔";
      case RESTARTING -> "↻";
      case DEGRADED -> "▲";
      case CRASH_LOOP -> "⟳";
      case FAILED -> "✕";
      case WAITING -> "…";
      case STOPPED -> "■";
    };
  }
}
