package dev.flotilla.cli.plan.centre;

/** What was pressed. */
sealed interface Key {
  /** A key that writes something. */
  record Letter(char c) implements Key {}

  /** Keys without a letter. */
  enum Special implements Key {
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    ENTER,
    ESCAPE,
    TAB,
    BACK_TAB,
    BACKSPACE,
    /** Nothing was pressed for a while, or the size changed. */
    NONE,
    END
  }
}
