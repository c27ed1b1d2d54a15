package dev.flotilla.scan.inventory;

import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The picture of a fleet: an area a machine, a column a level of start-up, a box an agent, an arrow
 * a dependency. The critical path, the longest chain of dependencies, is red.
 */
public final class Diagram {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 40;
  private static final int GAP_X = 60;
  private static final int GAP_Y = 12;

  private final Map<String, ConfiguredAgent> agents = new LinkedHashMap<>();
  private final Map<String, Integer> levels = new HashMap<>();

  private Diagram(Repository repository) {
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      agents.putIfAbsent(agent.name() + "@" + agent.machine(), agent);
    }
    for (String key : agents.keySet()) {
      level(key, new HashSet<>());
    }
  }

  private int level(String key, Set<String> open) {
    Integer known = levels.get(key);
    if (known != null) {
      return known;
    }
    if (!open.add(key)) {
      return 0;
    }
    int level = 0;
    for (String need : needs(key)) {
      level = Math.max(level, level(need, open) + 1);
    }
    open.remove(key);
    levels.put(key, level);
    return level;
  }

  /** The keys of the agents an agent depends on: on its own machine where there is one. */
  private List<String> needs(String key) {
    List<String> result = new ArrayList<>();
    ConfiguredAgent agent = agents.get(key);
    if (agent == null) {
      return result;
    }
    for (String need : agent.needs()) {
      String own = need.contains("@") ? need : need + "@" + agent.machine();
      if (agents.containsKey(own)) {
        result.add(own);
      } else {
        agents.keySet().stream()
            .filter(k -> k.startsWith(need + "@"))
            .findFirst()
            .ifPresent(result::add);
      }
    }
    return result;
  }

  /** The longest chain of dependencies, first to start first. */
  public static List<String> criticalPath(Repository repository) {
    return new Diagram(repository).critical();
  }

  /** Agents by how many others need them, directly or not, most needed first. */
  public static Map<String, Integer> dependants(Repository repository) {
    Diagram diagram = new Diagram(repository);
    Map<String, Integer> counts = new TreeMap<>();
    for (String key : diagram.agents.keySet()) {
      Set<String> below = new HashSet<>();
      List<String> open = new ArrayList<>(diagram.needs(key));
      while (!open.isEmpty()) {
        String next = open.removeLast();
        if (below.add(next)) {
          open.addAll(diagram.needs(next));
        }
      }
      below.forEach(b -> counts.merge(b, 1, Integer::sum));
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private List<String> critical() {
    String last = "";
    for (String key : agents.keySet()) {
      if (last.isEmpty() || levels.getOrDefault(key, 0) > levels.getOrDefault(last, 0)) {
        last = key;
      }
    }
    List<String> path = new ArrayList<>();
    String at = last;
    while (!at.isEmpty() && !path.contains(at)) {
      path.add(at);
      String next = "";
      for (String need : needs(at)) {
        if (next.isEmpty() || levels.getOrDefault(need, 0) > levels.getOrDefault(next, 0)) {
          next = need;
        }
      }
      at = next;
    }
    return path.reversed();
  }

  /** The picture as SVG. */
  public static String svg(Repository repository) {
    return new Diagram(repository).draw();
  }

  private String draw() {
    Map<String, List<String>> byMachine = new TreeMap<>();
    agents.forEach(
        (key, agent) ->
            byMachine.computeIfAbsent(agent.machine(), _ -> new ArrayList<>()).add(key));
    Map<String, int[]> places = new HashMap<>();
    StringBuilder areas = new StringBuilder();
    int top = 60;
    int right = 600;
    int number = 0;
    for (Map.Entry<String, List<String>> machine : byMachine.entrySet()) {
      Map<Integer, Integer> rows = new HashMap<>();
      int most = 0;
      for (String key : machine.getValue()) {
        int level = levels.getOrDefault(key, 0);
        int row = rows.merge(level, 1, Integer::sum) - 1;
        int x = 30 + level * (WIDTH + GAP_X);
        places.put(key, new int[] {x, top + 40 + row * (HEIGHT + GAP_Y)});
        most = Math.max(most, row + 1);
        right = Math.max(right, x + WIDTH + 30);
      }
      int height = 50 + most * (HEIGHT + GAP_Y);
      areas.append(
          String.format(
              Locale.ROOT,
              "<g><rect x=\"10\" y=\"%d\" width=\"%%1$d\" height=\"%d\" rx=\"10\" fill=\"%s\"/>"
                  + "<text x=\"24\" y=\"%d\" font-weight=\"600\" font-size=\"15\">%s</text></g>\n",
              top,
              height,
              number++ % 2 == 0 ? "#eef3fb" : "#eef8f1",
              top + 24,
              Xml.text(machine.getKey())));
      top += height + 20;
    }
    List<String> path = critical();
    Set<String> red = new HashSet<>(path);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1d2733\">\n",
            right + 10,
            top + 10));
    svg.append("<title>Agents and their dependencies</title>\n");
    svg.append(
        "<g transform=\"translate(14,14)\"><rect width=\"14\" height=\"14\" fill=\"#fff\""
            + " stroke=\"#5d6b7a\"/><text x=\"20\" y=\"12\">agent</text><rect x=\"70\" width=\"14\""
            + " height=\"14\" fill=\"#ffe3e3\" stroke=\"#b3123a\"/><text x=\"90\" y=\"12\">on the"
            + " critical path</text><rect x=\"220\" width=\"14\" height=\"14\" fill=\"#f0f0f0\""
            + " stroke=\"#999\" stroke-dasharray=\"3 2\"/><text x=\"240\" y=\"12\">script"
            + " missing</text><text x=\"340\" y=\"12\">→ needs; a column starts after the one to"
            + " its left</text></g>\n");
    svg.append(areas.toString().replace("%1$d", Integer.toString(right - 10)));
    arrows(places, path, svg);
    boxes(places, red, svg);
    return svg.append("</svg>\n").toString();
  }

  private void arrows(Map<String, int[]> places, List<String> path, StringBuilder svg) {
    for (String key : agents.keySet()) {
      int[] to = places.getOrDefault(key, new int[] {0, 0});
      for (String need : needs(key)) {
        int[] from = places.getOrDefault(need, new int[] {0, 0});
        int step = path.indexOf(need);
        boolean critical = step >= 0 && path.indexOf(key) == step + 1;
        int x1 = from[0] + WIDTH;
        int y1 = from[1] + HEIGHT / 2;
        int y2 = to[1] + HEIGHT / 2;
        svg.append(
            String.format(
                Locale.ROOT,
                "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\""
                    + " stroke-width=\"%s\"/>%n",
                x1,
                y1,
                x1 + 40,
                y1,
                to[0] - 40,
                y2,
                to[0],
                y2,
                critical ? "#b3123a" : "#a9b6c4",
                critical ? "2" : "1"));
      }
    }
  }

  private void boxes(Map<String, int[]> places, Set<String> red, StringBuilder svg) {
    agents.forEach(
        (key, agent) -> {
          int[] at = places.getOrDefault(key, new int[] {0, 0});
          boolean missing = agent.path().isEmpty();
          boolean critical = red.contains(key);
          svg.append(
              String.format(
                  Locale.ROOT,
                  "<g><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\""
                      + " stroke=\"%s\"%s/><text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\""
                      + " font-size=\"10\" fill=\"#5d6b7a\">%s · %s</text></g>%n",
                  at[0],
                  at[1],
                  WIDTH,
                  HEIGHT,
                  missing ? "#f0f0f0" : critical ? "#ffe3e3" : "#ffffff",
                  missing ? "#999" : critical ? "#b3123a" : "#5d6b7a",
                  missing ? " stroke-dasharray=\"3 2\"" : "",
                  at[0] + 8,
                  at[1] + 17,
                  Xml.text(agent.name()),
                  at[0] + 8,
                  at[1] + 32,
                  agent.port() == 0 ? "no port" : Integer.toString(agent.port()),
                  Xml.text(agent.group())));
        });
  }

  /** The picture as Mermaid's flowchart. */
  public static String mermaid(Repository repository) {
    Diagram diagram = new Diagram(repository);
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, String> ids = new HashMap<>();
    Map<String, List<String>> byMachine = new TreeMap<>();
    diagram.agents.forEach(
        (key, agent) -> {
          ids.put(key, "a" + ids.size());
          byMachine.computeIfAbsent(agent.machine(), _ -> new ArrayList<>()).add(key);
        });
    byMachine.forEach(
        (machine, keys) -> {
          text.append("  subgraph ").append(machine).append('\n');
          for (String key : keys) {
            ConfiguredAgent agent = diagram.agents.get(key);
            if (agent != null) {
              String port = agent.port() == 0 ? "" : "<br/>" + agent.port();
              text.append("    ")
                  .append(ids.get(key))
                  .append("[\"")
                  .append(agent.name())
                  .append(port)
                  .append("\"]\n");
            }
          }
          text.append("  end\n");
        });
    for (String key : diagram.agents.keySet()) {
      for (String need : diagram.needs(key)) {
        text.append("  ").append(ids.get(need)).append(" --> ").append(ids.get(key)).append('\n');
      }
    }
    text.append("  classDef critical fill:#ffe3e3,stroke:#b3123a\n");
    List<String> red = diagram.critical().stream().map(k -> ids.getOrDefault(k, "")).toList();
    if (!red.isEmpty()) {
      text.append("  class ").append(String.join(",", red)).append(" critical\n");
    }
    return text.toString();
  }
}
