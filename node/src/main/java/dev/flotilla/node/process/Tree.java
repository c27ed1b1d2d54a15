package dev.flotilla.node.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/** Finds out which processes belong to a run. Pure over a snapshot of the process table. */
final class Tree {
  private Tree() {}

  /**
   * Everything alive that a run started: by session, by process group, by descent from what was
   * seen before, and by the mark in the environment, which also finds what changed its session and
   * lost its parent.
   *
   * @param leader pid that began the session
   * @param startTicks when it started; nothing older belongs to it
   * @param known pids with start ticks that were seen to belong to it earlier
   * @param otherSessions sessions of other runs, whose members need no look at their environment
   * @param mark reads the run that a process is marked with, empty text for none
   */
  static List<ProcessInfo> members(
      Map<Long, ProcessInfo> table,
      long leader,
      long startTicks,
      String run,
      Map<Long, Long> known,
      Set<Long> otherSessions,
      LongFunction<String> mark) {
    Map<Long, ProcessInfo> members = new LinkedHashMap<>();
    for (ProcessInfo info : table.values()) {
      if (info.startTicks() < startTicks) {
        continue;
      }
      boolean seen = known.getOrDefault(info.pid(), -1L) == info.startTicks();
      boolean ours = info.session() == leader || info.group() == leader || seen;
      if (ours || (!otherSessions.contains(info.session()) && mark.apply(info.pid()).equals(run))) {
        members.put(info.pid(), info);
      }
    }
    descendants(table, members);
    List<ProcessInfo> alive = new ArrayList<>();
    for (ProcessInfo info : members.values()) {
      if (!info.zombie()) {
        alive.add(info);
      }
    }
    return alive;
  }

  private static void descendants(Map<Long, ProcessInfo> table, Map<Long, ProcessInfo> members) {
    Map<Long, List<ProcessInfo>> children = new HashMap<>();
    for (ProcessInfo info : table.values()) {
      children.computeIfAbsent(info.parent(), parent -> new ArrayList<>()).add(info);
    }
    Deque<ProcessInfo> open = new ArrayDeque<>(members.values());
    while (!open.isEmpty()) {
      for (ProcessInfo child : children.getOrDefault(open.pop().pid(), List.of())) {
        if (members.putIfAbsent(child.pid(), child) == null) {
          open.push(child);
        }
      }
    }
  }
}
