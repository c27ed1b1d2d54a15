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

/**
 * Finds out which processes belong to a run, by one index over one snapshot of the process table
 * that serves many runs. Pure.
 */
final class Tree {
  private final Map<Long, ProcessInfo> table;
  private final Map<Long, List<ProcessInfo>> bySession = new HashMap<>();
  private final Map<Long, List<ProcessInfo>> byGroup = new HashMap<>();
  private final Map<Long, List<ProcessInfo>> byParent = new HashMap<>();
  private final Map<String, List<ProcessInfo>> byRun = new HashMap<>();

  /**
   * @param sessions of runs that are looked after; their members need no look at their environment
   * @param mark reads the run that a process is marked with, empty text for none
   */
  Tree(Map<Long, ProcessInfo> table, Set<Long> sessions, LongFunction<String> mark) {
    this.table = table;
    for (ProcessInfo info : table.values()) {
      add(bySession, info.session(), info);
      add(byGroup, info.group(), info);
      add(byParent, info.parent(), info);
      if (!sessions.contains(info.session())) {
        String run = mark.apply(info.pid());
        if (!run.isEmpty()) {
          add(byRun, run, info);
        }
      }
    }
  }

  private static <K> void add(Map<K, List<ProcessInfo>> index, K key, ProcessInfo info) {
    index.computeIfAbsent(key, k -> new ArrayList<>(2)).add(info);
  }

  /**
   * Everything alive that a run started: by session, by process group, by the mark in the
   * environment, which also finds what changed its session and lost its parent, by descent, and by
   * what was seen to belong to it before.
   *
   * @param leader pid that began the session
   * @param startTicks when it started; nothing older belongs to it
   * @param known pids with start ticks that were seen to belong to it earlier
   */
  List<ProcessInfo> members(long leader, long startTicks, String run, Map<Long, Long> known) {
    Map<Long, ProcessInfo> members = new LinkedHashMap<>();
    collect(bySession.getOrDefault(leader, List.of()), startTicks, members);
    collect(byGroup.getOrDefault(leader, List.of()), startTicks, members);
    collect(byRun.getOrDefault(run, List.of()), startTicks, members);
    known.forEach(
        (pid, ticks) -> {
          ProcessInfo info = table.get(pid);
          if (info != null && info.startTicks() == ticks) {
            members.put(pid, info);
          }
        });
    descendants(members);
    List<ProcessInfo> alive = new ArrayList<>();
    for (ProcessInfo info : members.values()) {
      if (!info.zombie()) {
        alive.add(info);
      }
    }
    return alive;
  }

  private static void collect(
      List<ProcessInfo> found, long startTicks, Map<Long, ProcessInfo> members) {
    for (ProcessInfo info : found) {
      if (info.startTicks() >= startTicks) {
        members.put(info.pid(), info);
      }
    }
  }

  private void descendants(Map<Long, ProcessInfo> members) {
    Deque<ProcessInfo> open = new ArrayDeque<>(members.values());
    while (!open.isEmpty()) {
      for (ProcessInfo child : byParent.getOrDefault(open.pop().pid(), List.of())) {
        if (members.putIfAbsent(child.pid(), child) == null) {
          open.push(child);
        }
      }
    }
  }
}
