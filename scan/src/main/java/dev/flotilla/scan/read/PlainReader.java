package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are read line by line: shell scripts, environment files, coverage reports. */
final class PlainReader {
  private static final Pattern PYTHON =
      Pattern.compile(
          "\\bpython(?:3(?:\\.\\d+)?)?\\s+(?:-[a-zA-Z]\\s+)*([\\w./\\-]+\\.py|-m\\s+[\\w.]+)");
  private static final Pattern VARIABLE =
      Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=(.*)$");
  private static final Pattern XML_CLASS =
      Pattern.compile("<class\\b[^>]*?filename=\"([^\"]+)\"[^>]*?line-rate=\"([\\d.]+)\"");
  private static final Pattern XML_ROOT =
      Pattern.compile("<coverage\\b[^>]*?line-rate=\"([\\d.]+)\"");
  private static final Pattern JSON_TOTAL =
      Pattern.compile("\"totals\"\\s*:\\s*\\{[^}]*?\"percent_covered\"\\s*:\\s*([\\d.]+)");

  private PlainReader() {}

  static FileFacts shell(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = PYTHON.matcher(lines[i]);
      while (matcher.find()) {
        facts.add(Fact.of(Fact.Kind.SCRIPT_REFERENCE, i + 1, "", matcher.group(1)));
      }
    }
    return FileReader.plain(path, Language.SHELL, text, List.of(), facts);
  }

  /** Names only: values of environment files are nobody's business. */
  static FileFacts environment(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = VARIABLE.matcher(lines[i]);
      if (matcher.find()) {
        facts.add(Fact.of(Fact.Kind.ENVIRONMENT, i + 1, "", matcher.group(1), ""));
      }
    }
    return FileReader.plain(path, Language.ENVIRONMENT, text, List.of(), facts);
  }

  static FileFacts coverage(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    Matcher root = XML_ROOT.matcher(text);
    if (root.find()) {
      facts.add(Fact.of(Fact.Kind.COVERAGE, 1, "", "", percent(root.group(1))));
    }
    Matcher type = XML_CLASS.matcher(text);
    while (type.find()) {
      facts.add(Fact.of(Fact.Kind.COVERAGE, 1, "", type.group(1), percent(type.group(2))));
    }
    Matcher total = JSON_TOTAL.matcher(text);
    if (total.find()) {
      facts.add(Fact.of(Fact.Kind.COVERAGE, 1, "", "", total.group(1)));
    }
    return FileReader.plain(path, Language.COVERAGE, text, List.of(), facts);
  }

  private static String percent(String rate) {
    return Double.toString(Math.round(Double.parseDouble(rate) * 10000) / 100.0);
  }
}
