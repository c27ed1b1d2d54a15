package dev.flotilla.node.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Descendants whose parent ended. This process asks the kernel to become their parent (a "child
 * subreaper"), so that one look at its own children tells whether an ended agent left anything
 * behind, whatever session, group or environment that gave itself. For one thread.
 */
final class Orphans {
  private static final int SET_CHILD_SUBREAPER = 36;

  private final ProcessTable table;
  private final Exits exits;
  private final boolean granted;
  private Set<Long> endedBefore = Set.of();

  Orphans(Libc libc, ProcessTable table, Exits exits) {
    this.table = table;
    this.exits = exits;
    this.granted = !libc.function("prctl", 5).call(SET_CHILD_SUBREAPER, 1, 0, 0, 0).failed();
  }

  /**
   * Whether there may be any that is alive.
   *
   * @param watched children that are no orphans
   */
  boolean any(Set<Long> watched) {
    Optional<List<Long>> children = granted ? table.inherited() : Optional.empty();
    return children.isEmpty()
        || children.get().stream()
            .filter(pid -> !watched.contains(pid))
            .flatMap(pid -> table.find(pid).stream())
            .anyMatch(info -> !info.zombie());
  }

  /**
   * Collects those that ended. What ended a moment ago is left to whoever in this JVM may have
   * started it by other means.
   */
  void collect(Set<Long> watched) {
    Set<Long> ended = new HashSet<>();
    for (long pid : table.inherited().orElse(List.of())) {
      if (!watched.contains(pid) && table.find(pid).filter(ProcessInfo::zombie).isPresent()) {
        if (endedBefore.contains(pid)) {
          exits.collect(pid);
        } else {
          ended.add(pid);
        }
      }
    }
    endedBefore = ended;
  }
}
