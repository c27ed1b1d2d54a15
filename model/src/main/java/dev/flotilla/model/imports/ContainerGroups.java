package dev.flotilla.model.imports;

import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which agents are packed in which container: a description and a list of names. */
final class ContainerGroups {
  private final Draft draft;
  private final Notes notes;
  private final Map<String, String> byAgent = new LinkedHashMap<>();
  private final Map<String, Object> descriptions = new LinkedHashMap<>();

  ContainerGroups(Draft draft, Notes notes) {
    this.draft = draft;
    this.notes = notes;
  }

  /** A mapping with a list of agents is a container group and no agent. */
  static boolean is(Mapping mapping) {
    return mapping.get("agents").filter(Sequence.class::isInstance).isPresent();
  }

  void addAll(Mapping groups) {
    groups
        .byKey()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping group && is(group)) {
                add(name, group);
              } else {
                String key = draft.keep("container-" + name, "", YamlValues.value(entry.value()));
                notes.kept(entry.key().where(), "'" + name + "', which is no container group", key);
              }
            });
  }

  /** One that stands among the agent groups. */
  void slipped(String name, Entry entry) {
    notes.understood(
        entry.key().where(),
        "a container group among the agent groups, as it is not indented enough",
        "an image family, not a group");
    add(name, (Mapping) entry.value());
  }

  private void add(String name, Mapping group) {
    Taken taken = new Taken(group);
    descriptions.put(name, taken.scalar("description").map(Scalar::text).orElse(""));
    taken
        .node("agents")
        .ifPresent(
            node -> {
              for (var item : ((Sequence) node).items()) {
                if (item instanceof Scalar agent) {
                  String first = byAgent.putIfAbsent(agent.text(), name);
                  if (first != null) {
                    notes.lost(
                        agent.where(),
                        agent.text() + " in the container group " + name + " too",
                        "it stays in " + first + ", as an agent is packed once");
                  }
                }
              }
            });
    taken
        .left()
        .forEach(
            (key, entry) -> {
              String kept = draft.keep(name + "-" + key, "", YamlValues.value(entry.value()));
              notes.kept(entry.key().where(), "'" + key + "' of the container group " + name, kept);
            });
  }

  Optional<String> of(String agent) {
    return Optional.ofNullable(byAgent.get(agent));
  }

  /** When a container group is also the group of its agents, it brings its description. */
  void describe(String name, Map<String, Object> group) {
    Object description = descriptions.get(name);
    if (description != null) {
      group.putIfAbsent("container", Names.safe(name));
      if (!description.equals("")) {
        group.putIfAbsent("description", description);
      }
    }
  }

  /** Keeps the descriptions that went nowhere else, and names what is packed nowhere. */
  void finish(String machine, boolean several) {
    Map<String, Object> left = new LinkedHashMap<>(descriptions);
    draft.groups.values().forEach(group -> left.remove(String.valueOf(group.get("container"))));
    left.values().removeIf(description -> description.equals(""));
    if (!left.isEmpty()) {
      draft.keep("image_families", machine, left);
    }
    byAgent.forEach(
        (agent, group) -> {
          boolean there =
              several
                  ? !draft.named(agent).isEmpty()
                  : draft.agent(Names.safe(agent), machine).isPresent();
          if (!there) {
            String key = draft.keep("packed-" + agent, machine, group);
            notes.kept(
                new dev.flotilla.model.Position("", 0, 0),
                agent + " in the container group " + group + ", which is no agent of this file",
                key);
          }
        });
  }
}
