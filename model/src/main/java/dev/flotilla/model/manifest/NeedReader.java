package dev.flotilla.model.manifest;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code needs:} in its three forms: a name, a list, a mapping with conditions. */
final class NeedReader {
  private final AgentIndex agents;
  private final Problems problems;

  NeedReader(AgentIndex agents, Problems problems) {
    this.agents = agents;
    this.problems = problems;
  }

  List<Need> read(AgentId agent, Optional<YamlNode> node) {
    Map<AgentId, Need> needs = new LinkedHashMap<>();
    node.ifPresent(value -> collect(agent, value, needs));
    return List.copyOf(needs.values());
  }

  private void collect(AgentId agent, YamlNode node, Map<AgentId, Need> needs) {
    switch (node) {
      case Scalar name -> {
        if (name.style() != Style.BROKEN && !name.isNull()) {
          add(agent, name.text(), new Need.Healthy(), name.where(), needs);
        }
      }
      case Sequence list -> list.items().forEach(item -> collect(agent, item, needs));
      case Mapping mapping ->
          mapping
              .byKey()
              .forEach(
                  (name, entry) ->
                      add(agent, name, condition(entry.value()), entry.key().where(), needs));
    }
  }

  private void add(
      AgentId agent,
      String written,
      Need.Condition condition,
      Position where,
      Map<AgentId, Need> needs) {
    agents
        .find(written, agent.machine(), where, problems)
        .ifPresent(
            target -> {
              if (target.equals(agent)) {
                problems.error(
                    where,
                    "an agent that needs itself",
                    "other agents",
                    "remove it from its own needs");
              } else if (needs.putIfAbsent(target, new Need(target, condition, where)) != null) {
                problems.error(
                    where, "'" + written + "' a second time", "each agent once", "remove one");
              }
            });
  }

  private static Need.Condition condition(YamlNode node) {
    if (node instanceof Mapping mapping) {
      return new Fields(mapping)
          .text("log")
          .<Need.Condition>map(Need.LogLine::new)
          .orElse(new Need.Healthy());
    }
    return switch (node instanceof Scalar scalar ? scalar.text() : "") {
      case "started" -> new Need.Started();
      case "completed" -> new Need.Completed();
      default -> new Need.Healthy();
    };
  }
}
