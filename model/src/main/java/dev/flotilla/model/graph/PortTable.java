package dev.flotilla.model.graph;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.yaml.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Every port of a fleet with its purpose and owner, by machine and number.
 *
 * @param fleet the fleet's name
 */
public record PortTable(String fleet, List<Row> rows) {
  public PortTable {
    rows = List.copyOf(rows);
  }

  /**
   * A port.
   *
   * @param name by which programs look it up: {@code NLU_AGENT}, {@code NLU_AGENT_HEALTH}
   * @param owner the agent, by its short name
   * @param purpose for people
   */
  public record Row(String machine, int port, String name, String owner, String purpose) {}

  public static PortTable of(Fleet fleet) {
    List<Row> rows = new ArrayList<>();
    for (Agent agent : fleet.agents().values()) {
      agent.ports().forEach((name, port) -> rows.add(row(fleet, agent, name, port)));
    }
    rows.sort(
        Comparator.comparing(Row::machine).thenComparingInt(Row::port).thenComparing(Row::name));
    return new PortTable(fleet.name(), rows);
  }

  private static Row row(Fleet fleet, Agent agent, String name, int port) {
    boolean main = name.equals(Agent.MAIN_PORT);
    String about = agent.description().orElse(main ? "serves " + agent.id().name() : "");
    String purpose = main ? about : about.isEmpty() ? name : name + ": " + about;
    String lookUp = constant(agent.id().name()) + (main ? "" : "_" + constant(name));
    return new Row(agent.id().machine(), port, lookUp, fleet.shortName(agent.id()), purpose);
  }

  /** {@code NLUAgent} becomes {@code NLU_AGENT}. */
  static String constant(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toUpperCase(Locale.ROOT);
  }

  /** The registry {@code ports.yaml}. */
  public String yaml() {
    StringBuilder out = new StringBuilder();
    out.append("# Ports of the fleet ")
        .append(fleet)
        .append(". Written by: flotilla ports --format yaml\n");
    out.append("ports:").append(rows.isEmpty() ? " []\n" : "\n");
    for (Row row : rows) {
      out.append("  - name: ").append(YamlText.text(row.name())).append('\n');
      out.append("    port: ").append(row.port()).append('\n');
      out.append("    machine: ").append(YamlText.text(row.machine())).append('\n');
      out.append("    owner: ").append(YamlText.text(row.owner())).append('\n');
      out.append("    purpose: ").append(YamlText.text(row.purpose())).append('\n');
    }
    return out.toString();
  }

  /** A table for a terminal, one machine after the other. */
  public String text() {
    int widest = rows.stream().mapToInt(row -> row.owner().length()).max().orElse(0);
    StringBuilder out = new StringBuilder();
    String machine = "";
    for (Row row : rows) {
      if (!row.machine().equals(machine)) {
        out.append(machine.isEmpty() ? "" : "\n").append(row.machine()).append('\n');
        machine = row.machine();
      }
      out.append(
          String.format(
                  Locale.ROOT,
                  "  %5d  %-" + Math.max(1, widest) + "s  %s",
                  row.port(),
                  row.owner(),
                  row.purpose())
              .stripTrailing());
      out.append('\n');
    }
    return out.toString();
  }
}
