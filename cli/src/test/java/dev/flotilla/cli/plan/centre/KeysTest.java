package dev.flotilla.cli.plan.centre;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeysTest {
  private static CentreState typed(CentreState start, String keys) {
    CentreState state = start;
    for (int i = 0; i < keys.length(); i++) {
      char c = keys.charAt(i);
      Key key = c == '\n' ? Key.Special.ENTER : new Key.Letter(c);
      state = Keys.press(state, key, 12, 5).state();
    }
    return state;
  }

  @Test
  void aNumberOpensThatPlanThenThatPhase() {
    CentreState plan = typed(CentreState.start(), "12\n");
    assertThat(plan.board()).isEqualTo(Board.PHASES);
    assertThat(plan.plan()).isEqualTo(11);
    CentreState phase = typed(plan, "0\n");
    assertThat(phase.board()).isEqualTo(Board.EVIDENCE);
    assertThat(phase.phase()).isZero();
    assertThat(typed(CentreState.start(), "13\n").message()).isEqualTo("There is no plan 13");
  }

  @Test
  void movesWithinWhatThereIs() {
    CentreState state = CentreState.start();
    for (int i = 0; i < 40; i++) {
      state = Keys.press(state, Key.Special.DOWN, 12, 5).state();
    }
    assertThat(state.plan()).isEqualTo(11);
    assertThat(Keys.press(state, Key.Special.PAGE_UP, 12, 5).state().plan()).isEqualTo(1);
  }

  @Test
  void anAnswerIsGivenWithEnterAndDroppedWithEscape() {
    CentreState asking = typed(CentreState.start(), "d95");
    assertThat(asking.question().answer()).isEqualTo("95");
    assertThat(Keys.press(asking, Key.Special.ENTER, 12, 5).intent())
        .isEqualTo(new Intent.Answered(new Question(Question.About.CONFIDENCE, "95")));
    assertThat(Keys.press(asking, Key.Special.ESCAPE, 12, 5).state().asking()).isFalse();
    assertThat(Keys.press(asking, new Key.Letter('q'), 12, 5).intent())
        .isEqualTo(Intent.Act.NOTHING);
  }

  @Test
  void goesRoundTheBoardsAndOut() {
    CentreState state = CentreState.start();
    for (int i = 0; i < Board.values().length; i++) {
      state = Keys.press(state, Key.Special.TAB, 1, 1).state();
    }
    assertThat(state.board()).isEqualTo(Board.PLANS);
    assertThat(Keys.press(state, new Key.Letter('q'), 1, 1).intent()).isEqualTo(Intent.Act.QUIT);
  }
}
