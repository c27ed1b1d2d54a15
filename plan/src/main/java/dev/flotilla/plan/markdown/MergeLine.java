package dev.flotilla.plan.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a plan as merging sees it: what it is, and its mark apart from that.
 *
 * @param key the same for a line and for that line with another mark or another value
 * @param head the line before its mark
 * @param mark the mark with its space, empty when there is none
 * @param tail the line after its mark, with its ending
 */
record MergeLine(String key, String head, String mark, String tail) {

  /** The lines of a text, endings included. */
  static List<MergeLine> of(String text) {
    List<MergeLine> lines = new ArrayList<>();
    boolean front = text.startsWith("---") || text.startsWith("\uFEFF---");
    int at = 0;
    while (at < text.length()) {
      int feed = text.indexOf('\n', at);
      int end = feed < 0 ? text.length() : feed + 1;
      String raw = text.substring(at, end);
      boolean fence = raw.stripTrailing().equals("---");
      lines.add(front && at > 0 && !fence ? frontMatter(raw) : body(raw));
      front &= at == 0 || !fence;
      at = end;
    }
    return lines;
  }

  private static MergeLine frontMatter(String raw) {
    int colon = raw.indexOf(':');
    boolean entry = colon > 0 && Character.isLetter(raw.charAt(0));
    return entry
        ? new MergeLine(
            "\0" + raw.substring(0, colon),
            raw.substring(0, colon + 1),
            raw.substring(colon + 1),
            "")
        : new MergeLine(raw, raw, "", "");
  }

  private static MergeLine body(String raw) {
    String line = raw.stripTrailing();
    Optional<Heading> heading = Heading.of(line);
    if (heading.isPresent()) {
      int start = heading.get().markStart();
      int end = heading.get().markEnd();
      while (start > 0 && start <= line.length() && line.charAt(start - 1) == ' ') {
        start--;
      }
      String head = line.substring(0, start);
      String tail = line.substring(Math.min(end, line.length()));
      return new MergeLine(
          head + "\0" + tail.strip(),
          head,
          line.substring(start, Math.min(end, line.length())),
          tail + raw.substring(line.length()));
    }
    Optional<TaskLine> task = TaskLine.of(line);
    if (task.isPresent()) {
      int start = task.get().boxStart();
      int end = task.get().boxEnd();
      while (end > start && end < line.length() && line.charAt(end) == ' ') {
        end++;
      }
      String head = line.substring(0, start);
      String tail = line.substring(end);
      return new MergeLine(
          head + "\0" + tail,
          head,
          line.substring(start, end),
          tail + raw.substring(line.length()));
    }
    return new MergeLine(raw, raw, "", "");
  }

  String raw() {
    return head + mark + tail;
  }
}
