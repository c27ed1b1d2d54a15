package dev.flotilla.model.graph;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.List;
import java.util.Locale;

/** The start order for a terminal. */
public final class GraphText {
  private GraphText() {}

  /** One paragraph a layer, one line an agent with what it waits for; cycles come last. */
  public static String of(Fleet fleet) {
    DependencyGraph graph = DependencyGraph.of(fleet);
    StartOrder order = StartOrder.of(graph);
    int widest =
        fleet.agents().keySet().stream()
            .mapToInt(id -> fleet.shortName(id).length())
            .max()
            .orElse(1);
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (List<AgentId> layer : order.layers()) {
      number++;
      out.append(number == 1 ? "1  at once" : "\n" + number + "  then");
      out.append(", ").append(layer.size()).append(layer.size() == 1 ? " agent\n" : " agents\n");
      for (AgentId id : layer) {
        Agent agent = fleet.agents().get(id);
        if (agent != null) {
          out.append(line(fleet, agent, widest)).append('\n');
        }
      }
    }
    for (List<AgentId> cycle : graph.cycles()) {
      List<String> names = cycle.stream().map(fleet::shortName).toList();
      out.append("\ncycle: ")
          .append(String.join(" needs ", names))
          .append(" needs ")
          .append(names.getFirst())
          .append('\n');
    }
    return out.toString();
  }

  private static String line(Fleet fleet, Agent agent, int widest) {
    List<String> needs = agent.needs().stream().map(need -> need(fleet, need)).toList();
    return String.format(
            Locale.ROOT,
            "   %-" + widest + "s  %s%s%s",
            fleet.shortName(agent.id()),
            fleet.machines().size() > 1
                ? agent.id().machine() + "/" + agent.group()
                : agent.group(),
            agent.required() ? "" : " (optional)",
            needs.isEmpty() ? "" : "  after " + String.join(", ", needs))
        .stripTrailing();
  }

  private static String need(Fleet fleet, Need need) {
    String name = fleet.shortName(need.agent());
    String condition = condition(need.condition());
    return condition.isEmpty() ? name : name + " (" + condition + ")";
  }

  /** Empty for the usual one. */
  static String condition(Need.Condition condition) {
    return switch (condition) {
      case Need.Healthy healthy -> "";
      case Need.Started started -> "started";
      case Need.Completed completed -> "completed";
      case Need.LogLine(String text) -> "log: " + text;
    };
  }
}
