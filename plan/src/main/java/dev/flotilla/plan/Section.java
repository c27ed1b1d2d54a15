package dev.flotilla.plan;

import java.util.Locale;

/** A labelled part of a phase. The span begins with the label's line. */
public record Section(Kind kind, String label, int line, Span span) {

  /** What a label announces. */
  public enum Kind {
    INTRODUCTION,
    EXPLANATIONS,
    TASKS,
    COMMANDS,
    GATE,
    ROLLBACK,
    CONCLUDING,
    NOTE,
    OTHER;

    /** By the words of a label, whatever its decoration. */
    public static Kind of(String label) {
      String words = label.toLowerCase(Locale.ROOT);
      if (words.startsWith("important note")) {
        return NOTE;
      }
      if (words.startsWith("explanation")) {
        return EXPLANATIONS;
      }
      if (words.startsWith("concluding step")) {
        return CONCLUDING;
      }
      if (words.startsWith("rollback")) {
        return ROLLBACK;
      }
      if (words.startsWith("gate")) {
        return GATE;
      }
      if (words.startsWith("command")) {
        return COMMANDS;
      }
      return words.startsWith("task") || words.startsWith("technical artifact") ? TASKS : OTHER;
    }
  }
}
