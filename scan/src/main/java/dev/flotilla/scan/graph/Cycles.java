package dev.flotilla.scan.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Circles in a directed graph. */
public final class Cycles {
  private Cycles() {}

  /**
   * Nodes that all reach each other.
   *
   * @param members sorted
   * @param shortest a shortest circle among them, the first node not repeated
   * @param cutFrom start of the edge whose removal leaves the fewest nodes in circles
   * @param cutTo its end
   */
  public record Component(
      List<String> members, List<String> shortest, String cutFrom, String cutTo) {}

  /** The components with more than one node, sorted by their first member. */
  public static List<Component> of(
      Collection<String> nodes, Function<String, List<String>> successors) {
    List<Component> result = new ArrayList<>();
    for (List<String> members : components(nodes, successors)) {
      Set<String> inside = new HashSet<>(members);
      Function<String, List<String>> within =
          n -> successors.apply(n).stream().filter(inside::contains).toList();
      List<String> shortest = shortest(members, within);
      String[] cut = cut(members, shortest, within);
      result.add(new Component(members, shortest, cut[0], cut[1]));
    }
    result.sort(Comparator.comparing(c -> c.members().getFirst()));
    return result;
  }

  /** Tarjan's algorithm with a stack of its own, so that long chains do not overflow. */
  static List<List<String>> components(
      Collection<String> nodes, Function<String, List<String>> successors) {
    Map<String, Integer> index = new HashMap<>();
    Map<String, Integer> low = new HashMap<>();
    Set<String> onStack = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>();
    List<List<String>> result = new ArrayList<>();
    for (String root : nodes) {
      if (index.containsKey(root)) {
        continue;
      }
      Deque<Visit> work = new ArrayDeque<>();
      work.push(new Visit(root, successors.apply(root)));
      while (!work.isEmpty()) {
        Visit visit = work.element();
        String node = visit.node;
        if (visit.next == 0) {
          index.put(node, index.size());
          low.put(node, index.getOrDefault(node, 0));
          stack.push(node);
          onStack.add(node);
        }
        if (visit.next < visit.successors.size()) {
          String to = visit.successors.get(visit.next++);
          if (!index.containsKey(to)) {
            work.push(new Visit(to, successors.apply(to)));
          } else if (onStack.contains(to)) {
            low.merge(node, index.getOrDefault(to, 0), Math::min);
          }
          continue;
        }
        work.pop();
        if (!work.isEmpty()) {
          low.merge(work.element().node, low.getOrDefault(node, 0), Math::min);
        }
        if (low.getOrDefault(node, 0).equals(index.getOrDefault(node, 0))) {
          List<String> members = new ArrayList<>();
          String member;
          do {
            member = stack.pop();
            onStack.remove(member);
            members.add(member);
          } while (!member.equals(node));
          if (members.size() > 1) {
            members.sort(Comparator.naturalOrder());
            result.add(members);
          }
        }
      }
    }
    return result;
  }

  private static final class Visit {
    private final String node;
    private final List<String> successors;
    private int next;

    Visit(String node, List<String> successors) {
      this.node = node;
      this.successors = successors;
    }
  }

  private static List<String> shortest(
      List<String> members, Function<String, List<String>> within) {
    List<String> best = List.of();
    for (String start : members) {
      List<String> found = circle(start, within);
      if (!found.isEmpty() && (best.isEmpty() || found.size() < best.size())) {
        best = found;
      }
      if (best.size() == 2) {
        break;
      }
    }
    return best;
  }

  private static List<String> circle(String start, Function<String, List<String>> within) {
    Map<String, String> before = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String node = open.remove();
      for (String to : within.apply(node)) {
        if (to.equals(start)) {
          List<String> path = new ArrayList<>();
          for (String at = node; !at.equals(start); at = before.getOrDefault(at, start)) {
            path.add(at);
          }
          path.add(start);
          return path.reversed();
        }
        if (before.putIfAbsent(to, node) == null) {
          open.add(to);
        }
      }
    }
    return List.of();
  }

  private static String[] cut(
      List<String> members, List<String> shortest, Function<String, List<String>> within) {
    Map<String, List<String>> candidates = new TreeMap<>();
    if (members.size() <= 40) {
      members.forEach(m -> candidates.put(m, within.apply(m)));
    } else {
      for (int i = 0; i < shortest.size(); i++) {
        candidates.put(shortest.get(i), List.of(shortest.get((i + 1) % shortest.size())));
      }
    }
    String[] best = {shortest.getFirst(), shortest.get(1 % shortest.size())};
    int fewest = Integer.MAX_VALUE;
    for (Map.Entry<String, List<String>> entry : candidates.entrySet()) {
      for (String to : entry.getValue()) {
        String from = entry.getKey();
        int left = 0;
        for (List<String> rest :
            components(
                members,
                n ->
                    n.equals(from)
                        ? within.apply(n).stream().filter(s -> !s.equals(to)).toList()
                        : within.apply(n))) {
          left += rest.size();
        }
        if (left < fewest) {
          fewest = left;
          best = new String[] {from, to};
        }
      }
    }
    return best;
  }
}
