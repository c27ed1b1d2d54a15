package dev.flotilla.model.yaml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes YAML that people like to read. */
public final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}0-9_./$(][^\\p{Cntrl}]*");
  private static final Pattern BREAKS_PLAIN = Pattern.compile(".*(: | #|:$|\\s$).*");
  private static final Pattern NOT_TEXT =
      Pattern.compile(
          "(?i)true|false|null|~|yes|no|on|off|y|n|[-+]?[0-9._]+(e[-+]?[0-9]+)?|0[xo][0-9a-f]+"
              + "|[0-9]+(:[0-9]+)+|[-+]?\\.(inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

  private YamlText() {}

  /** Text that stays text when it is read again; quoted only where it must be. */
  public static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            && !BREAKS_PLAIN.matcher(text).matches()
            && !NOT_TEXT.matcher(text).matches()
            && text.chars().allMatch(c -> c < 0x80 || Character.isLetter(c) || c == 0x2026);
    return plain ? text : quoted(text);
  }

  /** A number or truth value as itself, all else as text; lists and mappings in one line. */
  public static String value(Object value) {
    return switch (value) {
      case Boolean flag -> flag.toString();
      case Number number -> number.toString();
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(YamlText::flow).toList()) + "]";
      case Map<?, ?> map ->
          "{"
              + String.join(
                  ", ",
                  map.entrySet().stream()
                      .map(e -> flow(String.valueOf(e.getKey())) + ": " + flow(e.getValue()))
                      .toList())
              + "}";
      default -> text(value.toString());
    };
  }

  /** Inside of brackets a few more characters need quotes. */
  private static String flow(Object value) {
    String written = value(value);
    boolean scalar = !(value instanceof List<?>) && !(value instanceof Map<?, ?>);
    boolean plain = !written.startsWith("'") && !written.startsWith("\"");
    return scalar && plain && written.chars().anyMatch(c -> "[]{},".indexOf(c) >= 0)
        ? quoted(written)
        : written;
  }

  private static String quoted(String text) {
    boolean simple = text.codePoints().allMatch(c -> c >= ' ' && c != 0x7f && c < 0xd800);
    if (simple) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                  if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0xfeff) {
                    out.append(String.format("\\u%04x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }
}
