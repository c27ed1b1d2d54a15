package dev.flotilla.node.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ends what ended processes left behind. Where children of ours left nothing, which is the usual
 * case, no snapshot is made, since it takes milliseconds; else one snapshot of the process table
 * serves all that ended together. {@link #remember} is thread-safe, the rest is for one thread.
 */
final class Sweeper {
  private static final int LONGEST_PAUSE_MILLIS = 50;

  /** Sends a signal; a negative target is a process group. */
  interface Sender {
    void send(long target, int signal);
  }

  private final ProcessTable table;
  private final Sender sender;
  private final Supplier<Set<Long>> sessions;
  private final Predicate<Set<Long>> orphans;
  private final List<Watched> sweeping = new ArrayList<>();
  private int pauseMillis = 1;

  /**
   * @param sessions of the runs that are looked after; may change while it is looked at
   * @param orphans whether children of ours may have left something behind
   */
  Sweeper(
      ProcessTable table,
      Sender sender,
      Supplier<Set<Long>> sessions,
      Predicate<Set<Long>> orphans) {
    this.table = table;
    this.sender = sender;
    this.sessions = sessions;
    this.orphans = orphans;
  }

  boolean idle() {
    return sweeping.isEmpty();
  }

  int pauseMillis() {
    return pauseMillis;
  }

  void add(Watched entry) {
    sweeping.add(entry);
    pauseMillis = 1;
  }

  /** Notes the tree of a process that is about to end, before its children lose their parent. */
  void remember(Watched entry) {
    table.descendants(entry.process().pid()).forEach(entry::note);
  }

  /** Ends one round of remains and gives the processes of which nothing is left. */
  List<Watched> sweep() {
    if (sweeping.isEmpty()) {
      return List.of();
    }
    Set<Long> watched = sessions.get();
    Set<Watched> clean = new HashSet<>();
    if (!orphans.test(watched)) {
      sweeping.stream().filter(Watched::child).forEach(clean::add);
      sweeping.removeAll(clean);
    }
    clean.addAll(sweepTrees(watched));
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    return List.copyOf(clean);
  }

  private Set<Watched> sweepTrees(Set<Long> watched) {
    if (sweeping.isEmpty()) {
      return Set.of();
    }
    Tree tree =
        new Tree(
            table.snapshot(), watched, pid -> table.variable(pid, "FLOTILLA_RUN_ID").orElse(""));
    Set<Watched> clean = new HashSet<>();
    for (Watched entry : sweeping) {
      List<ProcessInfo> left =
          tree.members(
              entry.process().pid(), entry.process().startTicks(), entry.run(), entry.known());
      if (left.isEmpty()) {
        clean.add(entry);
      }
      int signal = entry.signalNow(System.nanoTime());
      for (ProcessInfo member : left) {
        entry.note(member);
        if (entry.tell(member) || signal == Signals.KILL) {
          sender.send(member.pid(), signal);
        }
      }
    }
    sweeping.removeAll(clean);
    return clean;
  }
}
