package dev.flotilla.scan.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The patterns of one {@code .gitignore}, matched against paths below its folder. Immutable. */
final class IgnoreRules {
  /** What the rules say of a path. */
  enum Verdict {
    IGNORED,
    KEPT,
    SILENT
  }

  private record Line(Pattern pattern, boolean keeps, boolean foldersOnly) {}

  private final List<Line> lines = new ArrayList<>();

  static IgnoreRules parse(List<String> text) {
    IgnoreRules rules = new IgnoreRules();
    for (String raw : text) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean keeps = line.startsWith("!");
      String glob = keeps ? line.substring(1) : line;
      boolean foldersOnly = glob.endsWith("/");
      glob = foldersOnly ? glob.substring(0, glob.length() - 1) : glob;
      boolean anchored = glob.indexOf('/') >= 0;
      glob = glob.startsWith("/") ? glob.substring(1) : glob;
      rules.lines.add(
          new Line(
              Pattern.compile((anchored ? "" : "(?:.*/)?") + regex(glob)), keeps, foldersOnly));
    }
    return rules;
  }

  /** The last line that matches decides. */
  Verdict judge(String path, boolean folder) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if ((folder || !line.foldersOnly) && line.pattern.matcher(path).matches()) {
        return line.keeps ? Verdict.KEPT : Verdict.IGNORED;
      }
    }
    return Verdict.SILENT;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
        continue;
      }
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
        continue;
      }
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 1);
          if (end > 0) {
            String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
            regex
                .append('[')
                .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                .append(']');
            i = end;
          } else {
            regex.append("\\[");
          }
        }
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
            regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
      i++;
    }
    return regex.toString();
  }
}
