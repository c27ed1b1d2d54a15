package dev.flotilla.plan.markdown;

import java.util.Locale;
import java.util.Optional;

/**
 * A line that begins a section: {@code **Tasks:**}, {@code ### Tasks} or {@code IMPORTANT NOTE:}.
 *
 * @param rest the words after the label on its line
 */
record Label(String words, String rest) {
  private static final String NOTE = "important note";

  static Optional<Label> of(String line) {
    if (line.isEmpty()) {
      return Optional.empty();
    }
    return switch (line.charAt(0)) {
      case '*' -> bold(line);
      case '#' -> heading(line);
      case 'I', 'i' -> note(line);
      default -> Optional.empty();
    };
  }

  private static Optional<Label> bold(String line) {
    if (!line.startsWith("**") || line.length() < 5 || !Character.isLetter(line.charAt(2))) {
      return Optional.empty();
    }
    int close = line.indexOf("**", 2);
    if (close < 0) {
      return Optional.empty();
    }
    String rest = line.substring(close + 2).strip();
    boolean colonAfter = rest.startsWith(":");
    String words = line.substring(2, close).strip();
    boolean label = words.endsWith(":") || colonAfter || rest.isEmpty();
    return label
        ? Optional.of(new Label(withoutColon(words), colonAfter ? rest.substring(1).strip() : rest))
        : Optional.empty();
  }

  private static Optional<Label> heading(String line) {
    return line.startsWith("### ")
        ? Optional.of(new Label(withoutColon(line.substring(4).strip()), ""))
        : Optional.empty();
  }

  private static Optional<Label> note(String line) {
    if (line.length() < NOTE.length()
        || !line.substring(0, NOTE.length()).toLowerCase(Locale.ROOT).equals(NOTE)) {
      return Optional.empty();
    }
    String rest = line.substring(NOTE.length()).strip();
    return rest.isEmpty() || rest.startsWith(":")
        ? Optional.of(new Label(NOTE, rest.isEmpty() ? "" : rest.substring(1).strip()))
        : Optional.empty();
  }

  private static String withoutColon(String words) {
    return words.endsWith(":") ? words.substring(0, words.length() - 1) : words;
  }
}
