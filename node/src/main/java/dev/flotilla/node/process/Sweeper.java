package dev.flotilla.node.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Ends what ended processes left behind. One snapshot of the process table serves all that ended
 * together. {@link #remember} is thread-safe, the rest is for one thread.
 */
final class Sweeper {
  private static final Duration FRESH = Duration.ofMillis(20);
  private static final int LONGEST_PAUSE_MILLIS = 50;

  /** Sends a signal; a negative target is a process group. */
  interface Sender {
    void send(long target, int signal);
  }

  private final ProcessTable table;
  private final Sender sender;
  private final Supplier<Set<Long>> sessions;
  private final List<Watched> sweeping = new ArrayList<>();
  private int pauseMillis = 1;
  private Map<Long, ProcessInfo> recent = Map.of();
  private long recentAt = System.nanoTime() - FRESH.toNanos();

  Sweeper(ProcessTable table, Sender sender, Supplier<Set<Long>> sessions) {
    this.table = table;
    this.sender = sender;
    this.sessions = sessions;
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
    members(entry, recent(), table(new HashMap<>())).forEach(entry::note);
  }

  /** Ends one round of remains and gives the processes of which nothing is left. */
  List<Watched> sweep() {
    if (sweeping.isEmpty()) {
      return List.of();
    }
    Map<Long, ProcessInfo> snapshot = table.snapshot();
    LongFunction<String> marks = table(new HashMap<>());
    List<Watched> clean = new ArrayList<>();
    for (Watched entry : sweeping) {
      List<ProcessInfo> left = members(entry, snapshot, marks);
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
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    return clean;
  }

  private List<ProcessInfo> members(
      Watched entry, Map<Long, ProcessInfo> snapshot, LongFunction<String> marks) {
    Set<Long> others = new HashSet<>(sessions.get());
    others.remove(entry.process().pid());
    return Tree.members(
        snapshot,
        entry.process().pid(),
        entry.process().startTicks(),
        entry.run(),
        entry.known(),
        others,
        marks);
  }

  private LongFunction<String> table(Map<Long, String> cache) {
    return pid ->
        cache.computeIfAbsent(pid, key -> table.variable(key, "FLOTILLA_RUN_ID").orElse(""));
  }

  private synchronized Map<Long, ProcessInfo> recent() {
    long now = System.nanoTime();
    if (now - recentAt > FRESH.toNanos()) {
      recent = table.snapshot();
      recentAt = now;
    }
    return recent;
  }
}
