package dev.flotilla.scan.fix;

import java.util.ArrayList;
import java.util.List;

/** Offsets of lines and columns in a text, whose line ends may be {@code \n} or {@code \r\n}. */
final class Place {
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  Place(String text) {
    this.text = text;
    starts.add(text.startsWith("\uFEFF") ? 1 : 0);
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts.add(i + 1);
    }
  }

  /**
   * The offset of a place.
   *
   * @param line from 1
   * @param column from 0, in code points
   */
  int offset(int line, int column) {
    return text.offsetByCodePoints(starts.get(line - 1), column);
  }

  /** The offset at which a line, from 1, begins; the text's end for lines behind it. */
  int start(int line) {
    return line <= starts.size() ? starts.get(line - 1) : text.length();
  }

  /** The blanks a line begins with. */
  String indent(int line) {
    int from = start(line);
    int to = from;
    while (to < text.length() && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
      to++;
    }
    return text.substring(from, to);
  }

  /** What lines of this text end with. */
  String newline() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }
}
