package dev.flotilla.node.run;

import java.util.ArrayList;
import java.util.List;

/** Holds back what follows a start until the start was told. Thread-safe. */
final class Announcement {
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean made;

  /** Runs it now, or when the announcement is made. */
  void after(Runnable action) {
    synchronized (this) {
      if (!made) {
        waiting.add(action);
        return;
      }
    }
    action.run();
  }

  void made() {
    List<Runnable> held;
    synchronized (this) {
      made = true;
      held = List.copyOf(waiting);
      waiting.clear();
    }
    held.forEach(Runnable::run);
  }
}
