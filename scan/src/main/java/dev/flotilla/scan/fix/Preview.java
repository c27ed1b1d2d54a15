package dev.flotilla.scan.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** Changes as git shows them; {@code git apply} understands the edits. */
public final class Preview {
  private static final int CONTEXT = 3;

  private Preview() {}

  /** The lines of one change. */
  public static List<String> of(Change change) {
    return switch (change) {
      case Change.Move(String path, String to, var _) ->
          List.of(
              "diff --git a/" + path + " b/" + to,
              "similarity index 100%",
              "rename from " + path,
              "rename to " + to);
      case Change.Create create -> {
        List<String> lines = new ArrayList<>();
        lines.add("diff --git a/" + create.path() + " b/" + create.path());
        lines.add("new file mode 100644");
        lines.addAll(diff("/dev/null", "b/" + create.path(), "", create.text()));
        yield lines;
      }
      case Change.Edit edit -> {
        List<String> lines = new ArrayList<>();
        lines.add("diff --git a/" + edit.path() + " b/" + edit.path());
        lines.addAll(diff("a/" + edit.path(), "b/" + edit.path(), edit.before(), edit.after()));
        yield lines;
      }
    };
  }

  private static List<String> diff(String from, String to, String before, String after) {
    List<String> old = lines(before);
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            from, to, old, DiffUtils.diff(old, lines(after)), CONTEXT);
    List<String> result = new ArrayList<>(lines.size());
    for (String line : lines) {
      int mark = line.indexOf(OPEN);
      if (mark >= 0) {
        result.add(line.substring(0, mark));
        result.add("\\ No newline at end of file");
      } else {
        result.add(line);
      }
    }
    return result;
  }

  /** Stands for the end of a last line that has no newline. */
  private static final String OPEN = "\u0000";

  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + OPEN);
    }
    return lines;
  }
}
