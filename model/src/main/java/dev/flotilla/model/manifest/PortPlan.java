package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.model.yaml.YamlNode.Entry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which port an agent really gets: as written, plus the offsets, or as the port set says. */
final class PortPlan {
  private final Problems problems;
  private final String portSet;
  private final int offset;
  private final Map<String, Integer> overrides = new LinkedHashMap<>();
  private final Map<String, Position> declared = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  PortPlan(Fields root, LoadOptions options, Problems problems) {
    this.problems = problems;
    this.portSet = options.portSet().orElse("");
    int fleetOffset = options.portOffset().or(() -> root.whole("port_offset")).orElse(0);
    Map<String, Entry> sets = root.entries("port_sets");
    options
        .portSet()
        .filter(name -> !sets.containsKey(name))
        .ifPresent(name -> unknownSet(root, name, sets));
    Fields portSets = root.section("port_sets").orElse(new Fields(root.mapping()));
    int setOffset = 0;
    for (String name : sets.keySet()) {
      Optional<Fields> set = portSets.section(name);
      set.ifPresent(this::declare);
      if (name.equals(portSet)) {
        setOffset = set.flatMap(s -> s.whole("offset")).orElse(0);
        set.flatMap(s -> s.section("ports")).ifPresent(this::override);
      }
    }
    this.offset = fleetOffset + setOffset;
  }

  String portSet() {
    return portSet;
  }

  int offset() {
    return offset;
  }

  /** Empty when it would fall out of range, and then a problem was added. */
  Optional<Integer> port(AgentId agent, String name, int written, Position where) {
    String suffix = name.equals(Agent.MAIN_PORT) ? "" : "." + name;
    String shortKey = agent.name() + suffix;
    String longKey = agent + suffix;
    asked.add(shortKey);
    asked.add(longKey);
    if (name.equals(Agent.MAIN_PORT)) {
      asked.add(agent.name() + "." + name);
      asked.add(agent + "." + name);
    }
    Integer override = overrides.get(longKey);
    override = override == null ? overrides.get(shortKey) : override;
    return override == null ? shifted(written, where) : Optional.of(override);
  }

  /** A port that belongs to nobody by name, such as the one a probe asks. */
  Optional<Integer> shifted(int written, Position where) {
    int port = written + offset;
    if (port < 1 || port > 65535) {
      problems.error(
          where,
          "the port " + written + " with the offset " + offset,
          "a port from 1 to 65535",
          "choose another offset, or name this port in the port set");
      return Optional.empty();
    }
    return Optional.of(port);
  }

  /** Names in port sets that no agent asked for. */
  void reportUnused() {
    declared.forEach(
        (name, where) -> {
          if (!asked.contains(name)) {
            problems.error(
                where,
                "'" + name + "', which no agent has",
                "an agent, or agent.port, of this manifest",
                Nearest.to(name, asked)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("remove it"));
          }
        });
  }

  private void declare(Fields set) {
    set.entries("ports").forEach((name, entry) -> declared.putIfAbsent(name, entry.key().where()));
  }

  private void override(Fields ports) {
    for (String name : ports.mapping().byKey().keySet()) {
      String plain =
          name.endsWith("." + Agent.MAIN_PORT) ? name.substring(0, name.lastIndexOf('.')) : name;
      ports.whole(name).ifPresent(port -> overrides.put(plain, port));
    }
  }

  private void unknownSet(Fields root, String name, Map<String, Entry> sets) {
    problems.error(
        root.whereKey("port_sets"),
        "no port set '" + name + "'",
        sets.isEmpty() ? "a manifest with port_sets" : "one of " + String.join(", ", sets.keySet()),
        Nearest.to(name, sets.keySet())
            .map(near -> "did you mean '" + near + "'?")
            .orElse("declare it under port_sets, or leave --port-set out"));
  }
}
