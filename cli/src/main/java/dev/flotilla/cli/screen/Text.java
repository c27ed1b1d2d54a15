package dev.flotilla.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Measuring and cutting text as a terminal with columns of one width shows it. */
public final class Text {
  private static final String ELLIPSIS = "…";

  private Text() {}

  /** How many columns the text takes; colour codes take none, wide characters two. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point == '\033') {
        int end = text.indexOf('m', i);
        if (end < 0) {
          return width;
        }
        i = end + 1;
        continue;
      }
      width += widthOf(point);
      i += Character.charCount(point);
    }
    return width;
  }

  private static int widthOf(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || type == Character.CONTROL) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0x1f300 && point <= 0x1faff);
    return wide ? 2 : 1;
  }

  /**
   * The text without colour codes, at most {@code width} columns wide, an ellipsis where it was
   * cut.
   */
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int taken = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int columns = widthOf(point);
      if (taken + columns > width - 1) {
        break;
      }
      kept.appendCodePoint(point);
      taken += columns;
      i += Character.charCount(point);
    }
    return width <= 0 ? "" : kept + ELLIPSIS;
  }

  /** The text filled with spaces on the right. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text filled with spaces on the left. */
  public static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** The text without control characters, so that what others wrote cannot steer the terminal. */
  public static String tame(String text) {
    StringBuilder tame = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '\t' ? ' ' : c)
        .filter(c -> !Character.isISOControl(c))
        .forEach(tame::appendCodePoint);
    return tame.toString();
  }

  /** The text in lines of at most {@code width} columns, broken at spaces. */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
