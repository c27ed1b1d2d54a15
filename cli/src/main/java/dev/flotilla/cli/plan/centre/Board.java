package dev.flotilla.cli.plan.centre;

import java.util.List;

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
    return moved(1);
  }

  Board before() {
    return moved(values().length - 1);
  }

  private Board moved(int by) {
    List<Board> all = List.of(values());
    return all.get((all.indexOf(this) + by) % all.size());
  }
}
