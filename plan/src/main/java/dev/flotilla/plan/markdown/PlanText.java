package dev.flotilla.plan.markdown;

import java.util.List;
import java.util.Map;

/** Writes the Markdown of a new plan. */
public final class PlanText {
  private PlanText() {}

  /**
   * A phase to be written.
   *
   * @param headline {@code PHASE k: TITLE}
   * @param body what stands below, as it is to stand
   */
  public record Draft(String headline, boolean done, String body) {}

  /** The file of a plan with this front matter, in the order of the map. */
  public static String of(Map<String, String> front, List<Draft> phases) {
    StringBuilder out = new StringBuilder("---\n");
    front.forEach(
        (key, value) ->
            out.append(key).append(": ").append(FrontMatterReader.quoted(value)).append('\n'));
    out.append("---\n");
    for (Draft phase : phases) {
      out.append("\n## ").append(phase.headline()).append(mark(phase)).append('\n');
      String body = escaped(phase.body());
      out.append(body).append(body.isEmpty() || body.endsWith("\n") ? "" : "\n");
    }
    return out.toString();
  }

  /** A title that itself ends like a mark gets an empty box, so that it is not taken for one. */
  private static String mark(Draft phase) {
    if (phase.done()) {
      return " ✔";
    }
    return Heading.of("## " + phase.headline()).filter(h -> h.markEnd() > h.markStart()).isPresent()
        ? " [ ]"
        : "";
  }

  /** A body in which no line is taken for a phase's heading. */
  private static String escaped(String body) {
    return body.lines().anyMatch(line -> Heading.of(line).isPresent())
        ? String.join(
            "\n",
            body.lines().map(line -> Heading.of(line).isPresent() ? " " + line : line).toList())
        : body;
  }
}
