package dev.flotilla.plan.markdown;

import java.util.Locale;
import java.util.Optional;

/** An opening code fence: its indentation, its marks and the words after them. */
record Fence(int indent, char mark, int length, String info) {

  static Optional<Fence> open(String line) {
    int indent = 0;
    while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
      indent++;
    }
    int at = indent;
    char mark = at < line.length() ? line.charAt(at) : ' ';
    if (mark != '`' && mark != '~') {
      return Optional.empty();
    }
    while (at < line.length() && line.charAt(at) == mark) {
      at++;
    }
    String info = line.substring(at).strip();
    return at - indent < 3 || (mark == '`' && info.indexOf('`') >= 0)
        ? Optional.empty()
        : Optional.of(new Fence(indent, mark, at - indent, info));
  }

  boolean closedBy(String line) {
    String words = line.strip();
    return words.length() >= length && words.chars().allMatch(c -> c == mark);
  }

  String language() {
    int space = info.indexOf(' ');
    return (space < 0 ? info : info.substring(0, space)).toLowerCase(Locale.ROOT);
  }

  /** Whether a word after the language says so, as in {@code ```bash rollback}. */
  boolean says(String word) {
    return (" " + info.toLowerCase(Locale.ROOT) + " ").contains(" " + word + " ");
  }

  /** The line without as much of the fence's indentation as it has. */
  String inside(String line) {
    int at = 0;
    while (at < indent
        && at < line.length()
        && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return line.substring(at);
  }
}
