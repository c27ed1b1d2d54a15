package dev.flotilla.cli.screen;

import dev.flotilla.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** A problem as people read it: what was found and where, what was expected, what to do. */
public final class ProblemText {
  private final Excerpt excerpt;
  private final boolean colour;

  public ProblemText(Excerpt excerpt, boolean colour) {
    this.excerpt = excerpt;
    this.colour = colour;
  }

  public List<String> lines(Problem problem) {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (problem.severity()) {
              case ERROR -> Style.BOLD_RED.paint("error", colour);
              case WARNING -> Style.BOLD_YELLOW.paint("warning", colour);
            }
            + ": "
            + Style.BOLD.paint(Text.tame(problem.found()), colour));
    if (!problem.where().file().isEmpty()) {
      lines.add(Style.DIM.paint("  at ", colour) + Text.tame(problem.where().toString()));
    }
    lines.addAll(excerpt.of(problem.where(), colour));
    lines.addAll(words(problem.expected(), problem.advice(), colour));
    return lines;
  }

  /** The lines below what was found. */
  public static List<String> words(String expected, String advice, boolean colour) {
    List<String> lines = new ArrayList<>();
    if (!expected.isEmpty()) {
      lines.add(Style.DIM.paint("  expected: ", colour) + Text.tame(expected));
    }
    if (!advice.isEmpty()) {
      lines.add(Style.DIM.paint("  to do:    ", colour) + Text.tame(advice));
    }
    return lines;
  }
}
