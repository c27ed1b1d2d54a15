package dev.flotilla.cli.plan.centre;

import java.util.Optional;

/**
 * What the centre shows. Immutable.
 *
 * @param plan row among the plans
 * @param phase row among the phases
 * @param scroll lines left out above on boards of text
 * @param message what the last action said
 * @param asking true while the last line asks something
 */
record CentreState(
    Board board,
    int plan,
    int phase,
    int scroll,
    String message,
    boolean asking,
    Question question) {
  private static final Question NOTHING = Question.of(Question.About.NUMBER);

  static CentreState start() {
    return new CentreState(Board.PLANS, 0, 0, 0, "", false, NOTHING);
  }

  CentreState on(Board to) {
    return new CentreState(to, plan, phase, 0, "", false, NOTHING);
  }

  CentreState at(int newPlan, int newPhase) {
    return new CentreState(board, newPlan, newPhase, scroll, "", false, NOTHING);
  }

  CentreState scrolled(int to) {
    return new CentreState(board, plan, phase, Math.max(0, to), "", false, NOTHING);
  }

  CentreState saying(String words) {
    return new CentreState(board, plan, phase, scroll, words, false, NOTHING);
  }

  CentreState asking(Question next) {
    return new CentreState(board, plan, phase, scroll, message, true, next);
  }

  Optional<Question> open() {
    return asking ? Optional.of(question) : Optional.empty();
  }
}
