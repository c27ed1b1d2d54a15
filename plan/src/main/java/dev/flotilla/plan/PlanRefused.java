package dev.flotilla.plan;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import java.util.List;

/**
 * Something asked of a plan cannot be done, for a reason the user can mend. Carries what was found,
 * what was expected and what to do; commands print that and never a stack trace.
 */
public final class PlanRefused extends RuntimeException {
  private final transient List<Problem> problems;

  public PlanRefused(List<Problem> problems) {
    super(problems.getFirst().found());
    this.problems = List.copyOf(problems);
  }

  public PlanRefused(String where, String found, String expected, String advice) {
    this(List.of(Problem.error(new Position(where, 0, 0), found, expected, advice)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
