package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of one agent.
 *
 * @param byName as they will be used
 * @param byWritten the same by the number in the manifest
 */
record AgentPorts(Map<String, Integer> byName, Map<Integer, Integer> byWritten) {

  static AgentPorts read(AgentId agent, Fields fields, PortPlan plan, Problems problems) {
    AgentPorts ports = new AgentPorts(new LinkedHashMap<>(), new LinkedHashMap<>());
    if (fields.has("port")) {
      ports.add(agent, Agent.MAIN_PORT, fields.whole("port"), fields.where("port"), plan, problems);
    }
    fields
        .entries("ports")
        .forEach(
            (name, entry) -> {
              Optional<Integer> number =
                  entry.value() instanceof Scalar scalar
                      ? Scalars.whole(scalar.text()).map(Long::intValue)
                      : Optional.empty();
              ports.add(agent, name, number, entry.value().where(), plan, problems);
            });
    return ports;
  }

  /** A port whose number is wrong is still declared, so that nothing else about it is reported. */
  private void add(
      AgentId agent,
      String name,
      Optional<Integer> written,
      Position where,
      PortPlan plan,
      Problems problems) {
    if (byName.containsKey(name)) {
      problems.error(
          where, "the port 'main' a second time", "port: or ports: {main: …}", "keep one");
    }
    byName.put(name, 0);
    written.ifPresent(
        number ->
            plan.port(agent, name, number, where)
                .ifPresent(
                    port -> {
                      byName.put(name, port);
                      byWritten.put(number, port);
                    }));
  }

  Optional<Integer> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Integer> written(int number) {
    return Optional.ofNullable(byWritten.get(number));
  }
}
