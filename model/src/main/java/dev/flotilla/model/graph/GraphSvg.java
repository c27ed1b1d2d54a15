package dev.flotilla.model.graph;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The dependency graph as one self-contained SVG. A column is a layer of the start order; the fill
 * says the group, the bar at the left the machine, a dashed border an optional agent.
 */
public final class GraphSvg {
  private static final int BOX_WIDTH = 210;
  private static final int BOX_HEIGHT = 26;
  private static final int COLUMN = 300;
  private static final int ROW = 36;
  private static final int MARGIN = 24;
  private static final int HEADER = 56;
  private static final int SWEEPS = 4;

  private final Fleet fleet;
  private final DependencyGraph graph;
  private final List<List<AgentId>> columns;
  private final Map<AgentId, Box> boxes = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private record Box(int x, int y) {}

  private GraphSvg(Fleet fleet) {
    this.fleet = fleet;
    this.graph = DependencyGraph.of(fleet);
    this.columns = columns();
    for (int column = 0; column < columns.size(); column++) {
      for (int row = 0; row < columns.get(column).size(); row++) {
        boxes.put(
            columns.get(column).get(row),
            new Box(MARGIN + column * COLUMN, MARGIN + HEADER + row * ROW));
      }
    }
  }

  public static String of(Fleet fleet) {
    return new GraphSvg(fleet).draw();
  }

  private List<List<AgentId>> columns() {
    List<List<AgentId>> columns = new ArrayList<>();
    StartOrder.of(graph).layers().forEach(layer -> columns.add(new ArrayList<>(layer)));
    List<AgentId> cyclic = new ArrayList<>(graph.agents());
    columns.forEach(cyclic::removeAll);
    if (!cyclic.isEmpty()) {
      columns.add(cyclic);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 1; i < columns.size(); i++) {
        byNeighbours(columns, i, graph::needs);
      }
      for (int i = columns.size() - 2; i >= 0; i--) {
        byNeighbours(columns, i, graph::neededBy);
      }
    }
    return columns;
  }

  /** Puts each agent of a column at the mean height of its neighbours, which avoids crossings. */
  private static void byNeighbours(
      List<List<AgentId>> columns,
      int column,
      Function<AgentId, ? extends Iterable<AgentId>> neighbours) {
    Map<AgentId, Double> height = new HashMap<>();
    for (List<AgentId> each : columns) {
      for (int row = 0; row < each.size(); row++) {
        height.put(each.get(row), row - each.size() / 2.0);
      }
    }
    Map<AgentId, Double> wanted = new HashMap<>();
    for (AgentId id : columns.get(column)) {
      double sum = 0;
      int count = 0;
      for (AgentId neighbour : neighbours.apply(id)) {
        sum += height.getOrDefault(neighbour, 0.0);
        count++;
      }
      wanted.put(id, count == 0 ? height.getOrDefault(id, 0.0) : sum / count);
    }
    columns.get(column).sort(Comparator.comparingDouble(id -> wanted.getOrDefault(id, 0.0)));
  }

  private String draw() {
    Map<String, String> groups =
        palette(fleet.agents().values().stream().map(Agent::group).distinct().toList(), 62, 90);
    Map<String, String> machines = palette(List.copyOf(fleet.machines().keySet()), 65, 42);
    int rows = columns.stream().mapToInt(List::size).max().orElse(0);
    int legend = MARGIN + HEADER + rows * ROW + 16;
    int width = Math.max(480, 2 * MARGIN + Math.max(0, columns.size() - 1) * COLUMN + BOX_WIDTH);
    int perLine = Math.max(1, (width - 2 * MARGIN) / 230);
    int entries = groups.size() + machines.size();
    int height = legend + 24 + (entries + perLine - 1) / perLine * 22 + MARGIN;
    line(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"%s\">",
            width,
            height,
            width,
            height,
            "Start order of the fleet " + escaped(fleet.name())));
    line(
        "<style>text{font:12px"
            + " system-ui,sans-serif;fill:#1d2433}.head{font-weight:600;fill:#5b6475}.title{font-size:16px;font-weight:600}.need{fill:none;stroke:#8a93a6;stroke-width:1;opacity:.45}.far{stroke-dasharray:5"
            + " 3;stroke:#b4436c;opacity:.8}g.agent:hover"
            + " rect{stroke:#1d2433;stroke-width:2}</style>");
    line(String.format(Locale.ROOT, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fcfcfd\"/>"));
    line(
        String.format(
            Locale.ROOT,
            "<text class=\"title\" x=\"%d\" y=\"%d\">%s: %d agents, %d layers</text>",
            MARGIN,
            MARGIN + 8,
            escaped(fleet.name()),
            fleet.agents().size(),
            columns.size()));
    for (int i = 0; i < columns.size(); i++) {
      line(
          String.format(
              Locale.ROOT,
              "<text class=\"head\" x=\"%d\" y=\"%d\">%d</text>",
              MARGIN + i * COLUMN,
              MARGIN + HEADER - 14,
              i + 1));
    }
    fleet.agents().values().forEach(this::needs);
    fleet.agents().values().forEach(agent -> box(agent, groups, machines));
    legend(groups, machines, legend, perLine);
    return out.append("</svg>\n").toString();
  }

  private void needs(Agent agent) {
    Box to = boxes.get(agent.id());
    for (Need need : agent.needs()) {
      Box from = boxes.get(need.agent());
      if (from != null && to != null) {
        int x1 = from.x + BOX_WIDTH;
        int y1 = from.y + BOX_HEIGHT / 2;
        int y2 = to.y + BOX_HEIGHT / 2;
        int bend = Math.max(40, (to.x - x1) / 2);
        boolean far = !need.agent().machine().equals(agent.id().machine());
        line(
            String.format(
                Locale.ROOT,
                "<path class=\"need%s\" d=\"M%d %dC%d %d %d %d %d %d\"/>",
                far ? " far" : "",
                x1,
                y1,
                x1 + bend,
                y1,
                to.x - bend,
                y2,
                to.x,
                y2));
      }
    }
  }

  private void box(Agent agent, Map<String, String> groups, Map<String, String> machines) {
    Box box = boxes.get(agent.id());
    if (box == null) {
      return;
    }
    String ports = agent.port().map(port -> ":" + port).orElse("");
    line(
        String.format(
            Locale.ROOT,
            "<g class=\"agent\"><title>%s</title>",
            escaped(
                agent.id()
                    + " "
                    + ports
                    + ", group "
                    + agent.group()
                    + agent.description().map(text -> ": " + text).orElse(""))));
    line(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\""
                + " stroke=\"#aab2c0\"%s/>",
            box.x,
            box.y,
            BOX_WIDTH,
            BOX_HEIGHT,
            groups.getOrDefault(agent.group(), "#eee"),
            agent.required() ? "" : " stroke-dasharray=\"4 3\""));
    line(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"5\" height=\"%d\" fill=\"%s\"/>",
            box.x,
            box.y,
            BOX_HEIGHT,
            machines.getOrDefault(agent.id().machine(), "#888")));
    line(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\">%s</text></g>",
            box.x + 12,
            box.y + 17,
            escaped(shortened(fleet.shortName(agent.id())))));
  }

  private void legend(
      Map<String, String> groups, Map<String, String> machines, int top, int perLine) {
    line(
        String.format(
            Locale.ROOT,
            "<text class=\"head\" x=\"%d\" y=\"%d\">machines and groups</text>",
            MARGIN,
            top + 10));
    int i = 0;
    Map<String, String> all = new LinkedHashMap<>();
    machines.forEach((name, colour) -> all.put("machine " + name, colour));
    groups.forEach(all::putIfAbsent);
    for (Map.Entry<String, String> entry : all.entrySet()) {
      int x = MARGIN + i % perLine * 230;
      int y = top + 24 + i / perLine * 22;
      line(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" rx=\"2\" fill=\"%s\""
                  + " stroke=\"#aab2c0\"/><text x=\"%d\" y=\"%d\">%s</text>",
              x,
              y,
              entry.getValue(),
              x + 20,
              y + 11,
              escaped(shortened(entry.getKey()))));
      i++;
    }
  }

  private static Map<String, String> palette(List<String> names, int saturation, int lightness) {
    Map<String, String> colours = new LinkedHashMap<>();
    for (String name : names) {
      long hue = Math.round(colours.size() * 137.508) % 360;
      colours.put(name, "hsl(" + hue + " " + saturation + "% " + lightness + "%)");
    }
    return colours;
  }

  private static String shortened(String name) {
    return name.length() > 29 ? name.substring(0, 28) + "…" : name;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
