package dev.flotilla.node.state;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import java.util.List;

/** The node could not start or do what it was asked, for reasons that people can mend. */
public final class NodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public NodeException(List<Problem> problems) {
    super(problems.getFirst().found());
    this.problems = List.copyOf(problems);
  }

  public NodeException(String found, String expected, String advice) {
    this(List.of(Problem.error(new Position("", 0, 0), found, expected, advice)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
