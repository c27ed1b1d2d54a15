package dev.flotilla.scan.tree;

import java.util.ArrayList;
import java.util.List;

/** The patterns of one {@code .gitignore}, matched against paths below its folder. Immutable. */
final class IgnoreRules {
  /** What the rules say of a path. */
  enum Verdict {
    IGNORED,
    KEPT,
    SILENT
  }

  private record Line(Glob glob, boolean keeps, boolean foldersOnly) {}

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
      rules.lines.add(new Line(Glob.parse(glob), keeps, foldersOnly));
    }
    return rules;
  }

  /** The last line that matches decides. */
  Verdict judge(String path, boolean folder) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if ((folder || !line.foldersOnly) && line.glob.matches(path, name)) {
        return line.keeps ? Verdict.KEPT : Verdict.IGNORED;
      }
    }
    return Verdict.SILENT;
  }
}
