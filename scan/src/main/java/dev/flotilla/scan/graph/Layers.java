package dev.flotilla.scan.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How high each module stands on others when it starts; modules in a circle stand together. */
public final class Layers {
  private Layers() {}

  /** The layer of every file: 0 imports nothing of the repository, others one more than it. */
  public static Map<String, Integer> of(ImportGraph graph) {
    Map<String, String> circle = new HashMap<>();
    Map<String, List<String>> members = new HashMap<>();
    for (List<String> component : Cycles.components(graph.edges().keySet(), graph::atStart)) {
      component.forEach(file -> circle.put(file, component.getFirst()));
      members.put(component.getFirst(), component);
    }
    Map<String, Set<String>> needs = new HashMap<>();
    for (String file : graph.edges().keySet()) {
      String own = circle.getOrDefault(file, file);
      Set<String> below = needs.computeIfAbsent(own, _ -> new HashSet<>());
      graph.atStart(file).forEach(to -> below.add(circle.getOrDefault(to, to)));
      below.remove(own);
    }
    Map<String, Integer> layers = new HashMap<>();
    needs.keySet().forEach(file -> settle(file, needs, layers));
    Map<String, Integer> result = new TreeMap<>();
    layers.forEach(
        (file, layer) ->
            members.getOrDefault(file, List.of(file)).forEach(each -> result.put(each, layer)));
    return result;
  }

  /** Depth first with a stack of its own, so that long chains do not overflow. */
  private static void settle(
      String start, Map<String, Set<String>> needs, Map<String, Integer> layers) {
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String file = open.element();
      int layer = 0;
      boolean ready = true;
      for (String below : needs.getOrDefault(file, Set.of())) {
        Integer known = layers.get(below);
        if (known == null) {
          open.push(below);
          ready = false;
        } else {
          layer = Math.max(layer, known + 1);
        }
      }
      if (ready) {
        layers.putIfAbsent(open.pop(), layer);
      }
    }
  }
}
