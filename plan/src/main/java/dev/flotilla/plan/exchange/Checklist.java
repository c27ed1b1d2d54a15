package dev.flotilla.plan.exchange;

import dev.flotilla.plan.event.EventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a Markdown check list: each heading with boxes below it becomes a phase, done when all its
 * boxes are ticked; a list without headings becomes one phase.
 */
final class Checklist {
  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.+?)\\s*#*");
  private static final Pattern BOX =
      Pattern.compile("\\s*(?:[-*+]|\\d+[.)])\\s+\\[([ xX])\\]\\s.*");

  private record Part(String title, List<String> lines) {
    boolean boxed() {
      return lines.stream().anyMatch(line -> BOX.matcher(line).matches());
    }

    boolean done() {
      return lines.stream()
          .map(BOX::matcher)
          .filter(Matcher::matches)
          .noneMatch(box -> box.group(1).equals(" "));
    }
  }

  private Checklist() {}

  /** Nothing when there is no box in the text. */
  static Optional<Imported> read(String file, String id, String created, String text) {
    List<Part> parts = parts(text);
    List<Todos.Todo> todos = new ArrayList<>();
    String title = "";
    for (Part part : parts) {
      if (title.isEmpty() && !part.title().isEmpty()) {
        title = part.title();
      }
      if (part.boxed()) {
        String headline =
            "PHASE " + todos.size() + ": " + (part.title().isEmpty() ? "Tasks" : part.title());
        String body = String.join("\n", part.lines()).strip();
        todos.add(new Todos.Todo(headline + "\n\n" + body, part.done()));
      }
    }
    if (todos.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> front = new LinkedHashMap<>();
    front.put("id", id);
    front.put("description", title.isEmpty() ? id : title);
    front.put("status", "in_progress");
    front.put("created", created);
    return Optional.of(
        new Imported(
                id,
                Todos.plan(front, todos),
                EventLog.data().put("file", file).put("shape", "checklist"))
            .checked());
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("", new ArrayList<>()));
    boolean fenced = false;
    for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
      fenced ^= line.strip().startsWith("```");
      Matcher heading = HEADING.matcher(line);
      if (!fenced && heading.matches()) {
        parts.add(new Part(heading.group(2), new ArrayList<>()));
      } else {
        parts.getLast().lines().add(line);
      }
    }
    return parts;
  }
}
