package dev.flotilla.plan.markdown;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heading of a phase: {@code ## PHASE 3: Title}, done with {@code ✔} or {@code [x]} at its end,
 * or a box before the word.
 *
 * @param markStart place of the mark in the line; equal to {@code markEnd} when there is none
 */
record Heading(int index, String title, String headline, boolean done, int markStart, int markEnd) {
  private static final Pattern START =
      Pattern.compile(
          "##[ \\t]+(\\[(.)\\][ \\t]+)?((?i:PHASE)[ \\t]+(\\d{1,6})\\b[ \\t]*[:.)–—-]?[ \\t]*)");
  private static final Pattern END = Pattern.compile("[ \\t]+(✔|✅|✗|\\[(.)\\])[ \\t]*$");
  private static final int LONGEST_MARK = 12;

  static Optional<Heading> of(String line) {
    Matcher start = START.matcher(line);
    if (!line.startsWith("##") || !start.lookingAt()) {
      return Optional.empty();
    }
    int index = Integer.parseInt(start.group(4));
    int end = line.stripTrailing().length();
    int titleStart = Math.min(start.end(), end);
    if (start.group(1) != null) {
      boolean done = isDone(start.group(2));
      String headline = line.substring(start.start(3), end);
      return Optional.of(
          new Heading(
              index,
              line.substring(titleStart, end),
              headline,
              done,
              start.start(2) - 1,
              start.end(2) + 1));
    }
    Matcher mark =
        END.matcher(line).region(Math.max(titleStart - 1, end - LONGEST_MARK), line.length());
    if (mark.find()) {
      int textEnd = mark.start();
      return Optional.of(
          new Heading(
              index,
              line.substring(Math.min(titleStart, textEnd), textEnd),
              line.substring(start.start(3), textEnd),
              isDone(mark.group(2) == null ? mark.group(1) : mark.group(2)),
              mark.start(1),
              mark.end(1)));
    }
    return Optional.of(
        new Heading(
            index,
            line.substring(titleStart, end),
            line.substring(start.start(3), end),
            false,
            end,
            end));
  }

  private static boolean isDone(String mark) {
    return switch (mark) {
      case "✔", "✅", "✓", "x", "X" -> true;
      default -> false;
    };
  }
}
