package dev.flotilla.plan.markdown;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.FrontMatter;
import dev.flotilla.plan.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code key: value} lines; indented lines and comments are kept and not understood. */
final class FrontMatterReader {
  private static final Pattern ENTRY =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)[ \\t]*:(?:[ \\t]+|$)");
  private static final FrontMatter NONE = new FrontMatter(Map.of(), 0, 0);

  private FrontMatterReader() {}

  static FrontMatter read(String file, String text, Lines lines, List<Problem> problems) {
    if (lines.count() == 0 || !lines.of(0).stripTrailing().equals("---")) {
      return NONE;
    }
    Map<String, FrontMatter.Entry> entries = new LinkedHashMap<>();
    for (int line = 1; line < lines.count(); line++) {
      String words = lines.of(line);
      if (words.stripTrailing().equals("---")) {
        return new FrontMatter(entries, lines.start(line), lines.start(line + 1));
      }
      if (words.startsWith("## ")) {
        break;
      }
      entry(file, lines, line, words, entries, problems);
    }
    problems.add(
        Problem.error(
            new Position(file, 1, 0),
            "front matter that is not closed",
            "a second line --- after the keys",
            "add the line --- where the front matter ends"));
    return new FrontMatter(entries, 0, 0);
  }

  private static void entry(
      String file,
      Lines lines,
      int line,
      String words,
      Map<String, FrontMatter.Entry> entries,
      List<Problem> problems) {
    if (words.isBlank()
        || words.startsWith("#")
        || words.startsWith(" ")
        || words.startsWith("-")) {
      return;
    }
    Matcher entry = ENTRY.matcher(words);
    if (!entry.lookingAt()) {
      if (!PlanReader.isMergeMarker(words)) {
        problems.add(
            Problem.error(
                new Position(file, line + 1, 0),
                "“" + shortened(words) + "” in the front matter",
                "key: value",
                "write a key and a colon before it, or indent it to continue the line above"));
      }
      return;
    }
    int end = words.stripTrailing().length();
    Span span = new Span(lines.start(line) + Math.min(entry.end(), end), lines.start(line) + end);
    FrontMatter.Entry value =
        new FrontMatter.Entry(
            unquoted(words.substring(Math.min(entry.end(), end), end)), span, line + 1);
    if (entries.putIfAbsent(entry.group(1), value) != null) {
      problems.add(
          Problem.error(
              new Position(file, line + 1, 0),
              "the key " + entry.group(1) + " a second time",
              "each key once",
              "keep the line that is right and remove the other"));
    }
  }

  private static String shortened(String words) {
    return words.length() <= 40 ? words : words.substring(0, 40) + "…";
  }

  /** The value a person means by a plain, single-quoted or double-quoted YAML scalar. */
  static String unquoted(String raw) {
    if (raw.length() >= 2 && raw.startsWith("\"") && raw.endsWith("\"")) {
      StringBuilder out = new StringBuilder();
      for (int i = 1; i < raw.length() - 1; i++) {
        char c = raw.charAt(i);
        if (c == '\\' && i + 1 < raw.length() - 1) {
          char next = raw.charAt(++i);
          out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }
    return raw.length() >= 2 && raw.startsWith("'") && raw.endsWith("'")
        ? raw.substring(1, raw.length() - 1).replace("''", "'")
        : raw;
  }

  /** Quotes only where a plain scalar would be read otherwise. */
  static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && value.equals(value.strip())
            && "\"'[]{}>|*&!%#`@,?-:".indexOf(value.charAt(0)) < 0
            && !value.contains(": ")
            && !value.contains(" #")
            && !value.endsWith(":")
            && value.chars().noneMatch(c -> c < ' ' || c == '\u2028' || c == '\uFEFF');
    return plain
        ? value
        : '"'
            + value
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
            + '"';
  }
}
