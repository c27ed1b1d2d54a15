package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a compose file: one group for the file, one agent a service. */
final class ComposeReader {
  private final Draft draft;
  private final Notes notes;
  private final String project;
  private final String machine;

  /**
   * @param project the name that compose itself would give, from the folder
   */
  ComposeReader(Draft draft, Notes notes, String project, String machine) {
    this.draft = draft;
    this.notes = notes;
    this.project = project;
    this.machine = machine;
  }

  static boolean is(Mapping root) {
    return root.get("services").filter(Mapping.class::isInstance).isPresent();
  }

  void read(Mapping root) {
    Taken top = new Taken(root);
    String group = draft.groupName(top.scalar("name").map(s -> s.text()).orElse(project), machine);
    draft.machines.computeIfAbsent(machine, m -> new LinkedHashMap<>());
    draft.group(group, machine);
    Mapping services = top.section("services").orElse(Mapping.empty(root.where()));
    Map<String, String> names = names(services);
    services
        .byKey()
        .forEach(
            (name, entry) -> {
              DraftAgent agent =
                  new DraftAgent(
                      names.getOrDefault(name, name), machine, group, entry.key().where());
              if (entry.value() instanceof Mapping service) {
                new ComposeServiceReader(notes, project, name, names)
                    .read(agent, new Taken(service));
                draft.agents.add(agent);
              } else {
                String key = draft.keep(name, machine, YamlValues.value(entry.value()));
                notes.kept(
                    entry.key().where(), "the service " + name + ", which is no mapping", key);
              }
            });
    top.left()
        .forEach(
            (name, entry) -> {
              if (name.equals("version")) {
                notes.lost(entry.key().where(), "version of the compose format", "not needed");
              } else {
                String key =
                    draft.keep(project + "-" + name, machine, YamlValues.value(entry.value()));
                notes.kept(
                    entry.key().where(),
                    "'" + name + "' of a compose file, which has no place in the manifest",
                    key);
              }
            });
  }

  /** A name that another file uses on this machine gets the project before it. */
  private Map<String, String> names(Mapping services) {
    Map<String, String> names = new LinkedHashMap<>();
    services
        .byKey()
        .forEach(
            (name, entry) -> {
              String safe = Names.safe(name);
              Optional<DraftAgent> taken = draft.agent(safe, machine);
              String free = taken.isPresent() ? Names.safe(project + "-" + safe) : safe;
              names.put(name, free);
              if (!free.equals(name)) {
                notes.understood(
                    entry.key().where(),
                    "the service "
                        + name
                        + (taken.isPresent() ? ", a name that another file has on " + machine : ""),
                    free);
              }
            });
    return names;
  }
}
