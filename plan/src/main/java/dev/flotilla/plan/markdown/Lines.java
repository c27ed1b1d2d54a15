package dev.flotilla.plan.markdown;

import java.util.Arrays;

/** Where the lines of a text begin and end; line ends may be LF or CRLF, even mixed. */
final class Lines {
  private final String text;
  private int[] starts = new int[64];
  private int count;

  Lines(String text) {
    this.text = text;
    int at = text.startsWith("\uFEFF") ? 1 : 0;
    while (at < text.length()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at;
      int feed = text.indexOf('\n', at);
      at = feed < 0 ? text.length() : feed + 1;
    }
  }

  int count() {
    return count;
  }

  int start(int line) {
    return line < count ? starts[line] : text.length();
  }

  /** The end without the line's ending. */
  int end(int line) {
    int end = start(line + 1);
    if (end > starts[line] && text.charAt(end - 1) == '\n') {
      end--;
      if (end > starts[line] && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return end;
  }

  String of(int line) {
    return text.substring(starts[line], end(line));
  }

  boolean startsWith(int line, String prefix) {
    return text.startsWith(prefix, starts[line]);
  }
}
