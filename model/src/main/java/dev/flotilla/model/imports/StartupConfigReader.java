package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one start-up configuration: groups of agents, or lists of services, for its machines. */
final class StartupConfigReader {
  private static final Set<String> OF_AN_AGENT =
      Set.of("script_path", "script", "port", "health_check_port", "dependencies");

  private final Draft draft;
  private final Notes notes;
  private final String machine;
  private final ContainerGroups containers;
  private final Map<String, List<String>> machinesByGroup = new LinkedHashMap<>();
  private final Set<String> machines = new LinkedHashSet<>();

  StartupConfigReader(Draft draft, Notes notes, String machine) {
    this.draft = draft;
    this.notes = notes;
    this.machine = machine;
    this.containers = new ContainerGroups(draft, notes);
  }

  /** An agent as it stands in the input. */
  private record Found(String name, String group, Entry entry) {}

  void read(Mapping root) {
    Taken top = new Taken(root);
    profiles(top);
    List<Found> found = new ArrayList<>();
    top.section("docker_groups").ifPresent(groups -> containers.addAll(groups));
    top.section("agent_groups").ifPresent(groups -> groups(groups, found));
    Map<String, Entry> others = new LinkedHashMap<>();
    top.left().forEach((key, entry) -> others.put(key, entry));
    others.forEach((key, entry) -> services(key, entry, top, found));
    for (String each : machines) {
      draft.machines.computeIfAbsent(each, name -> new LinkedHashMap<>());
    }
    boolean health =
        found.stream()
            .allMatch(
                f ->
                    f.entry.value() instanceof Mapping m
                        && m.byKey().containsKey("health_check_port"));
    GlobalSettings settings =
        new GlobalSettings(draft, notes, machines, health && !found.isEmpty());
    settings.read(top);
    found.forEach(agent -> place(agent, settings));
    containers.finish(machine, machines.size() > 1);
    rest(top);
  }

  private void profiles(Taken top) {
    Optional<Mapping> profiles = top.section("machine_profiles");
    if (profiles.isEmpty()) {
      machines.add(machine);
      return;
    }
    profiles
        .get()
        .byKey()
        .forEach(
            (name, entry) -> {
              String safe = Names.safe(name);
              machines.add(safe);
              if (entry.value() instanceof Mapping profile) {
                Taken taken = new Taken(profile);
                taken
                    .node("enabled_groups")
                    .ifPresent(
                        node ->
                            texts(node)
                                .forEach(
                                    group ->
                                        machinesByGroup
                                            .computeIfAbsent(group, g -> new ArrayList<>())
                                            .add(safe)));
                keep(
                    taken,
                    draft.machines.computeIfAbsent(safe, m -> new LinkedHashMap<>()),
                    "the machine " + safe);
              }
            });
    notes.understood(
        profiles.get().where(),
        "machine_profiles",
        "the machines " + String.join(", ", machines) + " with the groups each enables");
  }

  private void groups(Mapping groups, List<Found> found) {
    groups
        .byKey()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping group) {
                if (ContainerGroups.is(group)) {
                  containers.slipped(name, entry);
                } else if (!group.entries().isEmpty()
                    && group.entries().stream()
                        .allMatch(e -> e.value() instanceof Mapping m && ContainerGroups.is(m))) {
                  notes.understood(
                      entry.key().where(),
                      "'" + name + "' among the agent groups",
                      "container groups, indented one level too deep");
                  containers.addAll(group);
                } else {
                  group(name, group, found);
                }
              } else {
                String key =
                    draft.keep("agent_groups-" + name, machine, YamlValues.value(entry.value()));
                notes.kept(
                    entry.key().where(),
                    "'" + name + "' among the agent groups, which is no group",
                    key);
              }
            });
  }

  private void group(String name, Mapping group, List<Found> found) {
    group
        .byKey()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Mapping agent
                  && agent.entries().stream().anyMatch(e -> OF_AN_AGENT.contains(e.key().text()))) {
                found.add(new Found(key, name, entry));
              } else {
                String kept =
                    draft.keep(name + "-" + key, machine, YamlValues.value(entry.value()));
                notes.kept(
                    entry.key().where(),
                    "'" + key + "' in the group " + name + ", which is no agent",
                    kept);
              }
            });
  }

  /** A list of mappings with names, whatever it is called. */
  private void services(String key, Entry entry, Taken top, List<Found> found) {
    if (!(entry.value() instanceof Sequence list)
        || list.items().isEmpty()
        || !list.items().stream().allMatch(StartupConfigReader::isService)) {
      return;
    }
    top.node(key);
    for (YamlNode item : list.items()) {
      Mapping service = (Mapping) item;
      Map<String, Entry> others = new LinkedHashMap<>(service.byKey());
      Entry name = others.remove("name");
      if (name != null && name.value() instanceof Scalar text) {
        found.add(
            new Found(
                text.text(),
                containers.of(text.text()).orElse(key),
                new Entry(text, Mapping.of(others, service.where()))));
      }
    }
    notes.understood(
        entry.key().where(),
        "'" + key + "', a list of " + list.items().size() + " services",
        "agents, grouped by container group");
  }

  private static boolean isService(YamlNode node) {
    return node instanceof Mapping service
        && service.get("name").isPresent()
        && service.entries().stream().anyMatch(e -> OF_AN_AGENT.contains(e.key().text()));
  }

  private void place(Found found, GlobalSettings settings) {
    List<String> on =
        machinesByGroup.isEmpty()
            ? List.of(machine)
            : machinesByGroup.getOrDefault(found.group, List.of());
    if (on.isEmpty()) {
      String key =
          draft.keep("disabled-" + found.name, machine, YamlValues.value(found.entry.value()));
      notes.kept(
          found.entry.key().where(),
          found.name + " of the group " + found.group + ", which no machine enables",
          key);
    }
    if (on.size() > 1) {
      notes.understood(
          found.entry.key().where(),
          "the group " + found.group + ", enabled on " + String.join(" and ", on),
          "its agents run on each of them");
    }
    for (String each : on) {
      String name = Names.safe(found.name);
      if (!name.equals(found.name)) {
        notes.understood(found.entry.key().where(), "the name '" + found.name + "'", name);
      }
      String free = name;
      for (int i = 2; draft.agent(free, each).isPresent(); i++) {
        free = name + "-" + i;
      }
      if (!free.equals(name)) {
        notes.understood(found.entry.key().where(), "a second " + name + " on " + each, free);
      }
      String group = draft.groupName(found.group, each);
      Map<String, Object> keys = draft.group(group, each);
      containers.describe(found.group, keys);
      settings.hand(
          draft.mixed ? keys : draft.machines.computeIfAbsent(each, m -> new LinkedHashMap<>()));
      DraftAgent agent = new DraftAgent(free, each, group, found.entry.key().where());
      containers
          .of(found.name)
          .filter(family -> !family.equals(found.group))
          .ifPresent(family -> agent.keys.put("family", family));
      new StartupAgentReader(draft, notes, settings.probesHealthPort())
          .read(agent, new Taken((Mapping) found.entry.value()));
      draft.agents.add(agent);
    }
  }

  private void rest(Taken top) {
    top.left()
        .forEach(
            (name, entry) -> {
              if (name.equals("version")) {
                notes.lost(
                    entry.key().where(),
                    "version " + YamlValues.value(entry.value()),
                    "not needed: the version of the other format");
              } else {
                String key = draft.keep(name, machine, YamlValues.value(entry.value()));
                notes.kept(
                    entry.key().where(), "'" + name + "', which has no place in the manifest", key);
              }
            });
  }

  private void keep(Taken taken, Map<String, Object> into, String what) {
    taken
        .left()
        .forEach(
            (name, entry) -> {
              into.put("x-" + name, YamlValues.value(entry.value()));
              notes.kept(entry.key().where(), "'" + name + "' of " + what, "x-" + name);
            });
  }

  private static List<String> texts(YamlNode node) {
    return node instanceof Sequence list
        ? list.items().stream()
            .filter(Scalar.class::isInstance)
            .map(item -> ((Scalar) item).text())
            .toList()
        : List.of();
  }
}
