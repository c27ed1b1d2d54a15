package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode.Entry;
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
    fields
        .whole("port")
        .ifPresent(
            port -> ports.add(agent, Agent.MAIN_PORT, port, fields.where("port"), plan, problems));
    Map<String, Entry> named = fields.entries("ports");
    named.forEach(
        (name, entry) -> {
          if (entry.value() instanceof Scalar scalar) {
            Scalars.whole(scalar.text())
                .filter(port -> port > 0 && port < 65536)
                .ifPresent(
                    port ->
                        ports.add(agent, name, port.intValue(), scalar.where(), plan, problems));
          }
        });
    return ports;
  }

  private void add(
      AgentId agent, String name, int written, Position where, PortPlan plan, Problems problems) {
    if (byName.containsKey(name)) {
      problems.error(
          where, "the port 'main' a second time", "port: or ports: {main: …}", "keep one");
    }
    plan.port(agent, name, written, where)
        .ifPresent(
            port -> {
              byName.put(name, port);
              byWritten.put(written, port);
            });
  }

  Optional<Integer> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<Integer> written(int number) {
    return Optional.ofNullable(byWritten.get(number));
  }
}
