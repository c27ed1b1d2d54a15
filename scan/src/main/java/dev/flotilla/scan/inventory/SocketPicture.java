package dev.flotilla.scan.inventory;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.topology.Lines;
import dev.flotilla.scan.topology.Lines.Line;
import java.util.ArrayList;
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
  private static final int WIDTH = 250;
  private static final int ROW = 26;
  private static final int GAP = 330;
  private static final int TOP = 84;
  private static final List<String> TINTS =
      List.of("#e3ecfb", "#e2f4e7", "#fff1d6", "#f0e6fa", "#e0f3f5");

  private final List<Line> lines;
  private final Set<String> critical = new HashSet<>();
  private final Map<String, String> tints = new LinkedHashMap<>();

  private SocketPicture(ScanResult result) {
    lines = Lines.of(result.topology(), result.repository());
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
    return line.to().orElse("nobody") + " :" + line.port();
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
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1d2733\">",
        2 * WIDTH + GAP + 40,
        TOP + rows * ROW + 20);
    add(svg, "<title>Sockets and who speaks to whom</title>");
    legend(svg);
    for (Line line : lines) {
      int y1 = TOP + left.getOrDefault(line.from(), 0) * ROW + 10;
      int y2 = TOP + right.getOrDefault(owner(line), 0) * ROW + 10;
      int x1 = 20 + WIDTH;
      int x2 = x1 + GAP;
      add(
          svg,
          "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\"%s>"
              + "<title>%s → %s, %s</title></path>",
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
    return svg.append("</svg>\n").toString();
  }

  private static double mean(double[] pull) {
    return pull[0] / Math.max(1, pull[1]);
  }

  private void legend(StringBuilder svg) {
    int x = 20;
    for (Map.Entry<String, String> tint : tints.entrySet()) {
      add(
          svg,
          "<rect x=\"%d\" y=\"12\" width=\"14\" height=\"14\" fill=\"%s\" stroke=\"#5d6b7a\"/>"
              + "<text x=\"%d\" y=\"24\">%s</text>",
          x,
          tint.getValue(),
          x + 20,
          Xml.text(tint.getKey()));
      x += 40 + tint.getKey().length() * 8;
    }
    add(
        svg,
        "<rect x=\"%d\" y=\"12\" width=\"14\" height=\"14\" fill=\"#fff\" stroke=\"#b3123a\""
            + " stroke-width=\"2\"/><text x=\"%d\" y=\"24\">on the critical path</text>",
        x,
        x + 20);
    x = 20;
    for (String[] each :
        new String[][] {
          {"REQ-REP", "asks"}, {"SUB-PUB", "listens"}, {"PUSH-PULL", "hands over"},
          {"http", "other"}, {"", "nobody binds"}
        }) {
      boolean nobody = each[0].isEmpty();
      add(
          svg,
          "<line x1=\"%d\" y1=\"50\" x2=\"%d\" y2=\"50\" stroke=\"%s\" stroke-width=\"2\"%s/>"
              + "<text x=\"%d\" y=\"54\">%s</text>",
          x,
          x + 26,
          nobody ? "#b3123a" : colour(each[0]),
          nobody ? " stroke-dasharray=\"4 3\"" : "",
          x + 32,
          each[1]);
      x += 60 + each[1].length() * 7;
    }
    add(
        svg,
        "<text x=\"20\" y=\"76\" fill=\"#5d6b7a\">connects</text>"
            + "<text x=\"%d\" y=\"76\" fill=\"#5d6b7a\">binds, by machine and port</text>",
        20 + WIDTH + GAP);
  }

  private void box(
      StringBuilder svg, int x, int row, String label, String machine, String agent) {
    boolean red = critical.contains(agent);
    boolean nobody = machine.equals("nobody");
    add(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"4\" fill=\"%s\" stroke=\"%s\""
            + " stroke-width=\"%d\"%s/><text x=\"%d\" y=\"%d\">%s</text>",
        x,
        TOP + row * ROW,
        WIDTH,
        nobody ? "#f6f6f6" : tints.getOrDefault(machine, "#fff"),
        red || nobody ? "#b3123a" : "#8794a3",
        red ? 2 : 1,
        nobody ? " stroke-dasharray=\"4 3\"" : "",
        x + 8,
        TOP + row * ROW + 14,
        Xml.text(label.length() > 38 ? label.substring(0, 37) + "…" : label));
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
    StringBuilder text = new StringBuilder("flowchart LR\n");
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
          add(text, "  subgraph %s", machine);
          names.forEach(
              name -> add(text, "    %s[\"%s\"]", ids.get(name), name.replace("\"", "'")));
          add(text, "  end");
        });
    for (Line line : lines) {
      String to = line.to().orElse("nobody :" + line.port());
      String arrow = line.to().isPresent() ? "-->" : "-.->";
      add(
          text,
          "  %s %s|%s %d| %s",
          ids.get(line.from()),
          arrow,
          line.kind(),
          line.port(),
          ids.get(to));
    }
    List<String> red = ids.keySet().stream().filter(critical::contains).map(ids::get).toList();
    add(text, "  classDef critical stroke:#b3123a,stroke-width:2px");
    if (!red.isEmpty()) {
      add(text, "  class %s critical", String.join(",", red));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
