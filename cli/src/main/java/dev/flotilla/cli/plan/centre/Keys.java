package dev.flotilla.cli.plan.centre;

import dev.flotilla.cli.plan.centre.Question.About;

/** What each key does. Pure. */
final class Keys {
  /** The state after a key, and what is to be done. */
  record Step(CentreState state, Intent intent) {
    static Step show(CentreState state) {
      return new Step(state, Intent.Act.NOTHING);
    }
  }

  private static final int PAGE = 10;

  private Keys() {}

  /**
   * @param plans how many plans there are
   * @param phases how many phases the chosen plan has
   */
  static Step press(CentreState state, Key key, int plans, int phases) {
    if (state.asking()) {
      return answer(state, key, plans, phases);
    }
    return switch (key) {
      case Key.Letter letter -> letter(state, letter.c());
      case Key.Special special -> special(state, special, plans, phases);
    };
  }

  private static Step special(CentreState state, Key.Special key, int plans, int phases) {
    return switch (key) {
      case UP -> Step.show(moved(state, -1, plans, phases));
      case DOWN -> Step.show(moved(state, 1, plans, phases));
      case PAGE_UP -> Step.show(moved(state, -PAGE, plans, phases));
      case PAGE_DOWN -> Step.show(moved(state, PAGE, plans, phases));
      case ENTER, RIGHT -> Step.show(deeper(state));
      case ESCAPE, LEFT, BACKSPACE -> Step.show(back(state));
      case TAB -> Step.show(state.on(state.board().next()));
      case BACK_TAB -> Step.show(state.on(state.board().before()));
      case NONE -> Step.show(state);
      case END -> new Step(state, Intent.Act.QUIT);
    };
  }

  private static CentreState moved(CentreState state, int by, int plans, int phases) {
    return switch (state.board()) {
      case PLANS -> state.at(within(state.plan() + by, plans), 0);
      case PHASES -> state.at(state.plan(), within(state.phase() + by, phases));
      case COMMANDS, EVIDENCE, TIMELINE -> state.scrolled(state.scroll() + by);
    };
  }

  private static int within(int row, int count) {
    return Math.clamp(row, 0, Math.max(0, count - 1));
  }

  private static CentreState deeper(CentreState state) {
    return switch (state.board()) {
      case PLANS -> state.on(Board.PHASES);
      case PHASES -> state.on(Board.EVIDENCE);
      case COMMANDS, EVIDENCE, TIMELINE -> state;
    };
  }

  private static CentreState back(CentreState state) {
    return switch (state.board()) {
      case PLANS, PHASES -> state.on(Board.PLANS);
      case COMMANDS, EVIDENCE, TIMELINE -> state.on(Board.PHASES);
    };
  }

  private static Step letter(CentreState state, char c) {
    if (Character.isDigit(c)) {
      return Step.show(state.asking(new Question(About.NUMBER, Character.toString(c))));
    }
    return switch (c) {
      case 'q' -> new Step(state, Intent.Act.QUIT);
      case 'j' -> special(state, Key.Special.DOWN, Integer.MAX_VALUE, Integer.MAX_VALUE);
      case 'k' -> special(state, Key.Special.UP, Integer.MAX_VALUE, Integer.MAX_VALUE);
      case 'p' -> Step.show(state.on(Board.PHASES));
      case 'x' -> Step.show(state.on(Board.COMMANDS));
      case 'e' -> Step.show(state.on(Board.EVIDENCE));
      case 't' -> Step.show(state.on(Board.TIMELINE));
      case 'd' -> Step.show(state.asking(Question.of(About.CONFIDENCE)));
      case 'u' -> Step.show(state.asking(Question.of(About.REASON)));
      case 'n' -> Step.show(state.asking(Question.of(About.DESCRIPTION)));
      case '+' -> Step.show(state.asking(Question.of(About.PHASE)));
      case 'r' ->
          state.board() == Board.COMMANDS
              ? Step.show(state.asking(Question.of(About.RUN)))
              : new Step(state, Intent.Act.RESUME);
      case 'g' -> Step.show(state.on(Board.EVIDENCE).asking(Question.of(About.CHECK)));
      case 'a' -> new Step(state, Intent.Act.ACKNOWLEDGE);
      case 'c' -> new Step(state, Intent.Act.CLAIM);
      case 'i' -> new Step(state, Intent.Act.INTERRUPT);
      default -> Step.show(state.saying("The keys stand below"));
    };
  }

  private static Step answer(CentreState state, Key key, int plans, int phases) {
    Question question = state.question();
    String typed = question.answer();
    return switch (key) {
      case Key.Letter letter ->
          Step.show(state.asking(new Question(question.about(), typed + letter.c())));
      case Key.Special special ->
          switch (special) {
            case ENTER ->
                question.about() == About.NUMBER
                    ? Step.show(numbered(state, typed, plans, phases))
                    : new Step(state.saying(""), new Intent.Answered(question));
            case BACKSPACE ->
                Step.show(
                    typed.isEmpty()
                        ? state.saying("")
                        : state.asking(
                            new Question(
                                question.about(), typed.substring(0, typed.length() - 1))));
            case ESCAPE -> Step.show(state.saying("Nothing done"));
            case END -> new Step(state, Intent.Act.QUIT);
            case UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, TAB, BACK_TAB, NONE -> Step.show(state);
          };
    };
  }

  /** The numbered menu: a plan as the listing numbers it, or a phase by its place from 0. */
  private static CentreState numbered(CentreState state, String typed, int plans, int phases) {
    if (!typed.matches("\\d{1,6}")) {
      return state.saying("A number, such as 1");
    }
    int number = Integer.parseInt(typed);
    if (state.board() == Board.PLANS) {
      return number >= 1 && number <= plans
          ? state.at(number - 1, 0).on(Board.PHASES)
          : state.saying("There is no plan " + number);
    }
    return number < phases
        ? state.at(state.plan(), number).on(Board.EVIDENCE)
        : state.saying("There is no phase " + number);
  }
}
