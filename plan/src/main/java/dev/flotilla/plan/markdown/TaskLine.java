package dev.flotilla.plan.markdown;

import dev.flotilla.plan.Mark;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that states a task: a list item, numbered or with a box, or a bold numbered line.
 *
 * @param numbered whether it has a number of its own
 * @param boxStart place of the box in the line; equal to {@code boxEnd} where there is none
 */
record TaskLine(int indent, boolean numbered, Mark mark, String text, int boxStart, int boxEnd) {
  private static final Pattern ITEM =
      Pattern.compile("([ \\t]*)(?:(\\d{1,6}[.)])|[-*+])[ \\t]+(?:\\[(.)\\](?:[ \\t]+|$))?");
  private static final Pattern BOLD =
      Pattern.compile("(?:\\[(.)\\][ \\t]+)?\\*\\*(\\d{1,6})[.)][ \\t]+");

  static Optional<TaskLine> of(String line) {
    Matcher item = ITEM.matcher(line);
    if (item.lookingAt()) {
      boolean box = item.group(3) != null;
      return Optional.of(
          new TaskLine(
              width(item.group(1)),
              item.group(2) != null,
              box ? Mark.of(item.group(3).charAt(0)) : Mark.NONE,
              line.substring(item.end()).strip(),
              box ? item.start(3) - 1 : item.end(),
              box ? item.end(3) + 1 : item.end()));
    }
    Matcher bold = BOLD.matcher(line);
    if (bold.lookingAt()) {
      boolean box = bold.group(1) != null;
      return Optional.of(
          new TaskLine(
              -1,
              true,
              box ? Mark.of(bold.group(1).charAt(0)) : Mark.NONE,
              line.substring(bold.end()).strip().replaceFirst("\\*\\*\\s*$", ""),
              box ? bold.start(1) - 1 : 0,
              box ? bold.end(1) + 1 : 0));
    }
    return Optional.empty();
  }

  private static int width(String indent) {
    int width = 0;
    for (int i = 0; i < indent.length(); i++) {
      width += indent.charAt(i) == '\t' ? 4 - width % 4 : 1;
    }
    return width;
  }
}
