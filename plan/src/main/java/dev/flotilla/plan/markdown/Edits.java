package dev.flotilla.plan.markdown;

import dev.flotilla.plan.FrontMatter;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Section;
import dev.flotilla.plan.Span;
import dev.flotilla.plan.Task;

/**
 * Changes of a plan, each as the smallest splice of its text: all other bytes stay. Pure; each
 * gives the new text.
 */
public final class Edits {
  private Edits() {}

  /** Sets or removes the check mark of a phase, in the form the heading already has. */
  public static String markPhase(Plan plan, Phase phase, boolean done) {
    if (phase.done() == done) {
      return plan.text();
    }
    String now = phase.mark().of(plan.text());
    if (now.startsWith("[")) {
      return splice(plan, phase.mark(), done ? "[x]" : "[ ]");
    }
    if (done) {
      return splice(plan, phase.mark(), now.isEmpty() ? " ✔" : "✔");
    }
    int start = phase.mark().start();
    boolean space = start > 0 && plan.text().charAt(start - 1) == ' ';
    return splice(plan, new Span(space ? start - 1 : start, phase.mark().end()), "");
  }

  /** Ticks or clears a task; a task without a box gets one. */
  public static String markTask(Plan plan, Task task, Mark mark) {
    String box = mark == Mark.DONE ? "[x]" : "[ ]";
    return splice(plan, task.box(), task.mark() == Mark.NONE ? box + " " : box);
  }

  /** Sets a key of the front matter, adding the key, or the front matter, where there is none. */
  public static String front(Plan plan, String key, String value) {
    FrontMatter front = plan.front();
    FrontMatter.Entry entry = front.entries().get(key);
    String quoted = FrontMatterReader.quoted(value);
    String newline = newline(plan.text());
    if (entry != null) {
      if (entry.value().equals(value)) {
        return plan.text();
      }
      boolean glued = entry.span().start() == entry.span().end() && !endsInSpace(plan, entry);
      return splice(plan, entry.span(), glued ? " " + quoted : quoted);
    }
    if (front.after() > 0) {
      return splice(plan, new Span(front.end(), front.end()), key + ": " + quoted + newline);
    }
    int start = plan.text().startsWith("\uFEFF") ? 1 : 0;
    return splice(
        plan,
        new Span(start, start),
        "---" + newline + key + ": " + quoted + newline + "---" + newline + newline);
  }

  private static boolean endsInSpace(Plan plan, FrontMatter.Entry entry) {
    int start = entry.span().start();
    return start > 0 && plan.text().charAt(start - 1) == ' ';
  }

  /**
   * Adds a phase at the end, with the next free number.
   *
   * @param headline the words after {@code PHASE k: }
   * @param body lines below the heading, may be empty
   */
  public static String addPhase(Plan plan, String headline, String body) {
    int index = plan.phases().stream().mapToInt(Phase::index).max().orElse(-1) + 1;
    return append(plan, "## PHASE " + index + ": " + headline + "\n" + gap(body));
  }

  private static String gap(String body) {
    return body.isBlank() ? "" : "\n" + body.strip() + "\n";
  }

  private static String append(Plan plan, String block) {
    String text = plan.text();
    String newline = newline(text);
    String before =
        text.isEmpty() || text.endsWith("\n\n") || text.endsWith("\n\r\n")
            ? ""
            : text.endsWith("\n") ? newline : newline + newline;
    return text + before + block.replace("\n", newline);
  }

  /** Adds a task with an empty box after the last task of the phase. */
  public static String addTask(Plan plan, Phase phase, String words) {
    String newline = newline(plan.text());
    String line = words.replaceAll("\\s+", " ").strip();
    if (phase.tasks().isEmpty()) {
      boolean labelled = phase.sections().stream().anyMatch(s -> s.kind() == Section.Kind.TASKS);
      int at = labelled ? endOfTasks(plan, phase) : endOfIntroduction(plan, phase);
      String lead = plan.text().startsWith("\n", Math.max(0, at - 1)) ? "" : newline;
      String label = labelled ? "" : newline + "**Tasks:**" + newline;
      return splice(plan, new Span(at, at), lead + label + "1. [ ] " + line + newline);
    }
    Task last = phase.tasks().getLast();
    long roots = phase.tasks().stream().filter(t -> t.depth() == 0).count();
    int end = plan.text().indexOf('\n', last.box().end());
    boolean open = end < 0;
    int at = open ? plan.text().length() : end + 1;
    return splice(
        plan, new Span(at, at), (open ? newline : "") + (roots + 1) + ". [ ] " + line + newline);
  }

  private static int endOfTasks(Plan plan, Phase phase) {
    Span span =
        phase.sections().stream()
            .filter(s -> s.kind() == Section.Kind.TASKS)
            .findFirst()
            .orElseThrow()
            .span();
    return lastLine(plan, span);
  }

  private static int endOfIntroduction(Plan plan, Phase phase) {
    return phase.sections().stream()
        .filter(s -> s.kind() == Section.Kind.INTRODUCTION || s.kind() == Section.Kind.EXPLANATIONS)
        .reduce((first, second) -> second)
        .map(s -> lastLine(plan, s.span()))
        .orElse(phase.body().start());
  }

  /** The place after the last line of a section that is not blank. */
  private static int lastLine(Plan plan, Span span) {
    int end = span.end();
    while (end > span.start() && Character.isWhitespace(plan.text().charAt(end - 1))) {
      end--;
    }
    int feed = plan.text().indexOf('\n', end);
    return feed < 0 || feed >= span.end() ? span.end() : feed + 1;
  }

  /** Removes a phase with its text. */
  public static String removePhase(Plan plan, Phase phase) {
    return splice(plan, phase.whole(), "");
  }

  /** Removes the line of a task. */
  public static String removeTask(Plan plan, Task task) {
    int start = plan.text().lastIndexOf('\n', Math.max(0, task.box().start() - 1)) + 1;
    int feed = plan.text().indexOf('\n', task.box().end());
    return splice(plan, new Span(start, feed < 0 ? plan.text().length() : feed + 1), "");
  }

  private static String splice(Plan plan, Span span, String with) {
    return plan.text().substring(0, span.start()) + with + plan.text().substring(span.end());
  }

  /** How this text ends its lines, by its first line. */
  static String newline(String text) {
    int feed = text.indexOf('\n');
    return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }
}
