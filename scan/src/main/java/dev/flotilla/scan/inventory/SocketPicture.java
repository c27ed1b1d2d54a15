package dev.flotilla.scan.inventory;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.topology.Lines;
import dev.flotilla.scan.topology.Lines.Line;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who speaks to whom over sockets: who connects on the left, who binds on the right by machine and
 * port, the line coloured by the kind of talk. The same repository gives the same picture.
 */
public final class SocketPicture {
  private static final int WIDTH = 270;
  private static final int ROW = 26;
  private static final int GAP = 330;
  private static final int TOP = 84;
  private static final List<String> TINTS =
      List.of("#e3ecfb", "#e2f4e7", "#fff1d6", "#f0e6fa", "#e0f3f5");

  private final List<Line> lines;
  private final Set<String> critical = new HashSet<>();
  private final Map<String, String> tints = new LinkedHashMap<>();

  private SocketPicture(ScanResult result) {
    lines =
        Lines.of(result.topology(), result.repository()).stream()
            .filter(line -> line.port() > 0)
            .toList();
    Diagram.criticalPath(result.repository())
        .forEach(key -> critical.add(key.replaceAll("@.*", "")));
    Set<String> machines = new TreeSet<>();
    for (Line line : lines) {
      machines.add(line.fromMachine());
      machines.add(line.toMachine());
    }
    machines.remove("nobody");
    machines.forEach(m -> tints.put(m, TINTS.get(tints.size() % TINTS.size())));
  }

  /** The picture as SVG. */
  public static String svg(ScanResult result) {
    return new SocketPicture(result).draw();
  }

  /** The picture as Mermaid's flowchart. */
  public static String mermaid(ScanResult result) {
    return new SocketPicture(result).flowchart();
  }

  private static String owner(Line line) {
    return shortened(line.to().orElse("nobody")) + " :" + line.port();
  }

  private static String shortened(String name) {
    return name.length() > 32 ? name.substring(0, 31) + "…" : name;
  }

  private String draw() {
    Map<String, Integer> right = new LinkedHashMap<>();
    Map<String, Line> rightLine = new HashMap<>();
    Map<String, double[]> pulls = new LinkedHashMap<>();
    Map<String, String> leftMachine = new HashMap<>();
    for (Line line : lines) {
      right.putIfAbsent(owner(line), right.size());
      rightLine.putIfAbsent(owner(line), line);
      double[] pull = pulls.computeIfAbsent(line.from(), _ -> new double[2]);
      pull[0] += right.getOrDefault(owner(line), 0);
      pull[1]++;
      leftMachine.put(line.from(), line.fromMachine());
    }
    List<String> order = new ArrayList<>(pulls.keySet());
    order.sort(
        java.util.Comparator.<String>comparingDouble(
                name -> mean(pulls.getOrDefault(name, new double[] {0, 1})))
            .thenComparing(name -> name));
    Map<String, Integer> left = new HashMap<>();
    order.forEach(name -> left.put(name, left.size()));
    int rows = Math.max(1, Math.max(left.size(), right.size()));
    Formatter svg = new Formatter(Locale.ROOT);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1d2733\">\n",
        2 * WIDTH + GAP + 40, TOP + rows * ROW + 20);
    svg.format("<title>Sockets and who speaks to whom</title>\n");
    legend(svg);
    for (Line line : lines) {
      int y1 = TOP + left.getOrDefault(line.from(), 0) * ROW + 10;
      int y2 = TOP + right.getOrDefault(owner(line), 0) * ROW + 10;
      int x1 = 20 + WIDTH;
      int x2 = x1 + GAP;
      svg.format(
          "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\"%s>"
              + "<title>%s → %s, %s</title></path>\n",
          x1,
          y1,
          x1 + 120,
          y1,
          x2 - 120,
          y2,
          x2,
          y2,
          colour(line),
          line.to().isEmpty() ? " stroke-dasharray=\"4 3\"" : "",
          Xml.text(line.from()),
          Xml.text(owner(line)),
          Xml.text(line.kind()));
    }
    left.forEach((name, row) -> box(svg, 20, row, name, leftMachine.getOrDefault(name, ""), name));
    right.forEach(
        (label, row) -> {
          Line line = rightLine.get(label);
          String machine = line == null ? "" : line.toMachine();
          String name = line == null ? "" : line.to().orElse("");
          box(svg, 20 + WIDTH + GAP, row, label, machine, name);
        });
    return svg.format("</svg>\n").toString();
  }

  private static double mean(double[] pull) {
    return pull[0] / Math.max(1, pull[1]);
  }

  private void legend(Formatter svg) {
    int x = 20;
    for (Map.Entry<String, String> tint : tints.entrySet()) {
      svg.format(
          "<rect x=\"%d\" y=\"12\" width=\"14\" height=\"14\" fill=\"%s\" stroke=\"#5d6b7a\"/>"
              + "<text x=\"%d\" y=\"24\">%s</text>\n",
          x, tint.getValue(), x + 20, Xml.text(tint.getKey()));
      x += 40 + tint.getKey().length() * 8;
    }
    svg.format(
        "<rect x=\"%d\" y=\"12\" width=\"14\" height=\"14\" fill=\"#fff\" stroke=\"#b3123a\""
            + " stroke-width=\"2\"/><text x=\"%d\" y=\"24\">on the critical path</text>\n",
        x, x + 20);
    x = 20;
    for (String[] each :
        new String[][] {
          {"REQ-REP", "asks"},
          {"SUB-PUB", "listens"},
          {"PUSH-PULL", "hands over"},
          {"http", "other"},
          {"", "nobody binds"}
        }) {
      boolean nobody = each[0].isEmpty();
      svg.format(
          "<line x1=\"%d\" y1=\"50\" x2=\"%d\" y2=\"50\" stroke=\"%s\" stroke-width=\"2\"%s/>"
              + "<text x=\"%d\" y=\"54\">%s</text>\n",
          x,
          x + 26,
          nobody ? "#b3123a" : colour(each[0]),
          nobody ? " stroke-dasharray=\"4 3\"" : "",
          x + 32,
          each[1]);
      x += 60 + each[1].length() * 7;
    }
    svg.format(
        "<text x=\"20\" y=\"76\" fill=\"#5d6b7a\">connects</text>"
            + "<text x=\"%d\" y=\"76\" fill=\"#5d6b7a\">binds, by machine and port</text>\n",
        20 + WIDTH + GAP);
  }

  private void box(Formatter svg, int x, int row, String label, String machine, String agent) {
    boolean red = critical.contains(agent);
    boolean nobody = machine.equals("nobody");
    svg.format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"4\" fill=\"%s\" stroke=\"%s\""
            + " stroke-width=\"%d\"%s/><text x=\"%d\" y=\"%d\">%s</text>\n",
        x,
        TOP + row * ROW,
        WIDTH,
        nobody ? "#f6f6f6" : tints.getOrDefault(machine, "#fff"),
        red || nobody ? "#b3123a" : "#8794a3",
        red ? 2 : 1,
        nobody ? " stroke-dasharray=\"4 3\"" : "",
        x + 8,
        TOP + row * ROW + 14,
        Xml.text(label.length() > 40 ? shortened(label) : label));
  }

  private static String colour(Line line) {
    return line.to().isEmpty() ? "#b3123a" : colour(line.kind());
  }

  private static String colour(String kind) {
    return switch (kind) {
      case "REQ-REP", "DEALER-ROUTER", "REQ-ROUTER", "DEALER-REP" -> "#2f8f4e";
      case "SUB-PUB", "PUB-SUB", "SUB-XPUB", "PUB-XSUB" -> "#2b6cb0";
      case "PUSH-PULL", "PULL-PUSH" -> "#c2700a";
      default -> "#98a5b3";
    };
  }

  private String flowchart() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("flowchart LR\n");
    Map<String, String> ids = new LinkedHashMap<>();
    Map<String, Set<String>> byMachine = new java.util.TreeMap<>();
    for (Line line : lines) {
      String to = line.to().orElse("nobody :" + line.port());
      ids.putIfAbsent(line.from(), "s" + ids.size());
      ids.putIfAbsent(to, "s" + ids.size());
      byMachine.computeIfAbsent(line.fromMachine(), _ -> new TreeSet<>()).add(line.from());
      byMachine.computeIfAbsent(line.toMachine(), _ -> new TreeSet<>()).add(to);
    }
    byMachine.forEach(
        (machine, names) -> {
          text.format("  subgraph %s\n", machine);
          names.forEach(
              name -> text.format("    %s[\"%s\"]\n", ids.get(name), name.replace("\"", "'")));
          text.format("  end\n");
        });
    for (Line line : lines) {
      String to = line.to().orElse("nobody :" + line.port());
      String arrow = line.to().isPresent() ? "-->" : "-.->";
      text.format(
          "  %s %s|%s %d| %s\n",
          ids.get(line.from()), arrow, line.kind(), line.port(), ids.get(to));
    }
    List<String> red = ids.keySet().stream().filter(critical::contains).map(ids::get).toList();
    text.format("  classDef critical stroke:#b3123a,stroke-width:2px\n");
    if (!red.isEmpty()) {
      text.format("  class %s critical\n", String.join(",", red));
    }
    return text.toString();
  }
}
