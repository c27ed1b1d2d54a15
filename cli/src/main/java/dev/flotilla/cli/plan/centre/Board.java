package dev.flotilla.cli.plan.centre;

/** What the centre can show. */
enum Board {
  PLANS("Plans"),
  PHASES("Phases"),
  COMMANDS("Commands"),
  EVIDENCE("Evidence"),
  TIMELINE("Timeline");

  private final String title;

  Board(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Board next() {
    return values()[(ordinal() + 1) % values().length];
  }

  Board before() {
    return values()[(ordinal() + values().length - 1) % values().length];
  }
}
