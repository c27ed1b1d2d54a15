package dev.flotilla.model.graph;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Group;
import dev.flotilla.model.Need;
import java.util.HashMap;
import java.util.Map;

/** The dependency graph as a Mermaid flow chart: arrows go from what is needed to who needs it. */
public final class GraphMermaid {
  private GraphMermaid() {}

  public static String of(Fleet fleet) {
    Map<AgentId, String> names = new HashMap<>();
    StringBuilder out = new StringBuilder("flowchart LR\n");
    int number = 0;
    for (Group group : fleet.groups().values()) {
      StringBuilder inside = new StringBuilder();
      for (Agent agent : fleet.agents().values()) {
        if (agent.group().equals(group.name())) {
          String name = "a" + names.size();
          names.put(agent.id(), name);
          inside
              .append("    ")
              .append(name)
              .append(agent.required() ? "[\"" : "([\"")
              .append(escaped(fleet.shortName(agent.id())))
              .append(agent.required() ? "\"]\n" : "\"])\n");
        }
      }
      if (!inside.isEmpty()) {
        String title = group.name() + (fleet.machines().size() > 1 ? " @ " + group.machine() : "");
        out.append("  subgraph g")
            .append(number++)
            .append("[\"")
            .append(escaped(title))
            .append("\"]\n");
        out.append(inside).append("  end\n");
      }
    }
    for (Agent agent : fleet.agents().values()) {
      for (Need need : agent.needs()) {
        if (names.containsKey(need.agent())) {
          String condition = GraphText.condition(need.condition());
          out.append("  ").append(names.get(need.agent()));
          out.append(condition.isEmpty() ? " --> " : " -->|\"" + escaped(condition) + "\"| ");
          out.append(names.get(agent.id())).append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String escaped(String text) {
    return text.replace("#", "#35;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace("\n", " ");
  }
}
