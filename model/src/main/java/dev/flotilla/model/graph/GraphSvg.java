package dev.flotilla.model.graph;

import static dev.flotilla.model.graph.SvgLayout.BOX_HEIGHT;
import static dev.flotilla.model.graph.SvgLayout.BOX_WIDTH;
import static dev.flotilla.model.graph.SvgLayout.HEADER;
import static dev.flotilla.model.graph.SvgLayout.MARGIN;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The dependency graph as one self-contained SVG. A column is a layer of the start order; the fill
 * says the group, the bar at the left the machine, a dashed border an optional agent. Needs that
 * others imply are faint, needs across machines are red.
 */
public final class GraphSvg {
  private static final int LEGEND_COLUMN = 240;
  private static final int LEGEND_ROW = 22;
  private static final int LONGEST = 34;
  private static final String STYLE =
      """
      <style>
      text{font:12px system-ui,sans-serif;fill:#1d2433}
      .head{font-weight:600;fill:#5b6475}
      .title{font-size:16px;font-weight:600}
      .need{fill:none;stroke:#76809a;stroke-width:1.1;opacity:.6}
      .implied{opacity:.13}
      .far{stroke-dasharray:5 3;stroke:#b4436c;opacity:.9}
      g.agent:hover rect{stroke:#1d2433;stroke-width:2}
      </style>
      """;

  private final Fleet fleet;
  private final DependencyGraph graph;
  private final SvgLayout layout;
  private final Map<String, String> groups;
  private final Map<String, String> machines;
  private final StringBuilder out = new StringBuilder();

  private GraphSvg(Fleet fleet) {
    this.fleet = fleet;
    this.graph = DependencyGraph.of(fleet);
    this.layout = new SvgLayout(graph);
    List<String> used = fleet.agents().values().stream().map(Agent::group).distinct().toList();
    this.groups = palette(used, 62, 90);
    this.machines = palette(List.copyOf(fleet.machines().keySet()), 65, 42);
  }

  public static String of(Fleet fleet) {
    return new GraphSvg(fleet).draw();
  }

  private String draw() {
    int width = layout.width();
    int top = layout.bottom() + 16;
    int perLine = Math.max(1, (width - 2 * MARGIN) / LEGEND_COLUMN);
    int lines = (groups.size() + machines.size() + perLine - 1) / perLine;
    int height = top + LEGEND_ROW * (lines + 1) + MARGIN;
    String title = escaped(fleet.name());
    line(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"Start order of the fleet %s\">",
            width,
            height,
            width,
            height,
            title));
    out.append(STYLE);
    line("<rect width=\"100%\" height=\"100%\" fill=\"#fcfcfd\"/>");
    String size = fleet.agents().size() + " agents, " + layout.columns() + " layers";
    text("title", MARGIN, MARGIN + 8, fleet.name() + ": " + size);
    for (int i = 0; i < layout.columns(); i++) {
      text("head", layout.x(i), MARGIN + HEADER - 14, String.valueOf(i + 1));
    }
    fleet.agents().values().forEach(this::needs);
    fleet.agents().values().forEach(this::agent);
    legend(top, perLine);
    return out.append("</svg>\n").toString();
  }

  private void needs(Agent agent) {
    for (Need need : agent.needs()) {
      layout
          .box(need.agent())
          .ifPresent(from -> layout.box(agent.id()).ifPresent(to -> need(agent, need, from, to)));
    }
  }

  private void need(Agent agent, Need need, SvgLayout.Box from, SvgLayout.Box to) {
    int start = from.x() + BOX_WIDTH;
    int startY = from.y() + BOX_HEIGHT / 2;
    int endY = to.y() + BOX_HEIGHT / 2;
    int bend = Math.max(40, (to.x() - start) / 2);
    boolean far = !need.agent().machine().equals(agent.id().machine());
    String style = far ? "need far" : implied(agent.id(), need.agent()) ? "need implied" : "need";
    line(
        String.format(
            Locale.ROOT,
            "<path class=\"%s\" d=\"M%d %dC%d %d %d %d %d %d\"/>",
            style,
            start,
            startY,
            start + bend,
            startY,
            to.x() - bend,
            endY,
            to.x(),
            endY));
  }

  /** Whether another need of the agent needs this one already. */
  private boolean implied(AgentId agent, AgentId need) {
    return graph.needs(agent).stream()
        .anyMatch(other -> !other.equals(need) && graph.dependencies(other).contains(need));
  }

  private void agent(Agent agent) {
    layout.box(agent.id()).ifPresent(box -> agent(agent, box));
  }

  private void agent(Agent agent, SvgLayout.Box box) {
    String port = agent.port().map(number -> ", port " + number).orElse("");
    String about = agent.description().map(text -> ": " + text).orElse("");
    String tip = agent.id() + ", group " + agent.group() + port + about;
    line("<g class=\"agent\"><title>" + escaped(tip) + "</title>");
    String border = agent.required() ? "" : " stroke-dasharray=\"4 3\"";
    String fill = groups.getOrDefault(agent.group(), "#eee");
    rectangle(
        box.x(), box.y(), BOX_WIDTH, BOX_HEIGHT, fill, " rx=\"4\" stroke=\"#aab2c0\"" + border);
    rectangle(
        box.x(), box.y(), 5, BOX_HEIGHT, machines.getOrDefault(agent.id().machine(), "#888"), "");
    text("name", box.x() + 12, box.y() + 17, fleet.shortName(agent.id()));
    line("</g>");
  }

  private void legend(int top, int perLine) {
    text("head", MARGIN, top + 10, "machines and groups");
    Map<String, String> all = new LinkedHashMap<>();
    machines.forEach((name, colour) -> all.put("machine " + name, colour));
    groups.forEach(all::putIfAbsent);
    int i = 0;
    for (Map.Entry<String, String> entry : all.entrySet()) {
      int x = MARGIN + i % perLine * LEGEND_COLUMN;
      int y = top + LEGEND_ROW + i / perLine * LEGEND_ROW;
      rectangle(x, y, 14, 14, entry.getValue(), " rx=\"2\" stroke=\"#aab2c0\"");
      text("name", x + 20, y + 11, entry.getKey());
      i++;
    }
  }

  /** Hues by the golden angle, so that neighbours in the list differ most. */
  private static Map<String, String> palette(List<String> names, int saturation, int lightness) {
    Map<String, String> colours = new LinkedHashMap<>();
    for (String name : names) {
      long hue = Math.round(colours.size() * 137.508) % 360;
      colours.put(name, "hsl(" + hue + " " + saturation + "% " + lightness + "%)");
    }
    return colours;
  }

  private void rectangle(int x, int y, int width, int height, String fill, String more) {
    line(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"%s/>",
            x,
            y,
            width,
            height,
            fill,
            more));
  }

  private void text(String style, int x, int y, String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    line(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>",
            style,
            x,
            y,
            escaped(style.equals("title") ? text : shown)));
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
