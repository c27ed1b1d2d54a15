package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.yaml.YamlText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the draft as a manifest that people like to read: short, in a fixed order, commented. */
final class DraftWriter {
  private static final int WIDTH = 96;
  private static final List<String> ORDER =
      List.of(
          "description",
          "service",
          "command",
          "image",
          "volumes",
          "port",
          "ports",
          "health",
          "readiness",
          "needs",
          "limits",
          "restart",
          "stop",
          "required",
          "lazy",
          "env",
          "config",
          "family");

  private final Draft draft;
  private final String fleet;
  private final List<Source> sources;
  private final StringBuilder out = new StringBuilder();

  DraftWriter(Draft draft, String fleet, List<Source> sources) {
    this.draft = draft;
    this.fleet = fleet;
    this.sources = sources;
  }

  String write() {
    out.append("# Imported from ")
        .append(String.join(", ", sources.stream().map(Source::file).toList()))
        .append(".\n");
    out.append(
        "# Folders are relative to this file. Keys that begin with x- are kept and have no"
            + " effect.\n");
    out.append("fleet: ").append(YamlText.text(Names.safe(fleet))).append('\n');
    if (draft.portOffset) {
      out.append("port_offset: ${PORT_OFFSET:-0}\n");
    }
    if (draft.machines.size() > 1) {
      out.append("\n# Write address: at each machine, so that they reach each other.");
    }
    section("machines", draft.machines);
    if (!draft.defaults.isEmpty()) {
      out.append("\n# What every agent gets that does not say otherwise.\n");
      out.append("defaults:\n");
      mapping(draft.defaults, 2);
    }
    section("groups", draft.groups);
    agents();
    section("flags", draft.flags);
    if (!draft.extensions.isEmpty()) {
      out.append("\n# From the imported files, without a place in the manifest.\n");
      mapping(draft.extensions, 0);
    }
    return out.toString();
  }

  private void section(String name, Map<String, ?> entries) {
    if (!entries.isEmpty()) {
      out.append('\n').append(name).append(":\n");
      mapping(entries, 2);
    }
  }

  private void agents() {
    out.append("\nagents:");
    if (draft.agents.isEmpty()) {
      out.append(" {}\n");
    }
    String group = "";
    List<String> groups = List.copyOf(draft.groups.keySet());
    List<DraftAgent> sorted =
        draft.agents.stream()
            .sorted(Comparator.comparingInt(agent -> groups.indexOf(agent.group)))
            .toList();
    for (DraftAgent agent : sorted) {
      if (!agent.group.equals(group)) {
        group = agent.group;
        out.append("\n  # ").append(group).append(" on ").append(agent.machine).append('\n');
      } else {
        out.append('\n');
      }
      boolean unique = draft.named(agent.name).size() == 1;
      out.append("  ").append(unique ? agent.name : agent.name + "@" + agent.machine).append(":\n");
      mapping(ordered(agent), 4);
    }
  }

  private static Map<String, Object> ordered(DraftAgent agent) {
    Map<String, Object> keys = new LinkedHashMap<>(agent.keys);
    if (!agent.ports.isEmpty()) {
      keys.put("ports", agent.ports);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("group", agent.group);
    for (String key : ORDER) {
      Object value = keys.remove(key);
      if (value != null) {
        result.put(key, value);
      }
    }
    result.putAll(keys);
    return result;
  }

  private void mapping(Map<?, ?> map, int indent) {
    map.forEach(
        (key, value) -> {
          String start = " ".repeat(indent) + YamlText.text(String.valueOf(key)) + ":";
          String line = start + " " + YamlText.value(value);
          if (fits(value, line)) {
            out.append(line).append('\n');
          } else if (value instanceof Map<?, ?> inner) {
            out.append(start).append('\n');
            mapping(inner, indent + 2);
          } else if (value instanceof List<?> list) {
            out.append(start).append('\n');
            list(list, indent + 2);
          } else {
            out.append(line).append('\n');
          }
        });
  }

  private void list(List<?> list, int indent) {
    for (Object item : list) {
      String start = " ".repeat(indent) + "-";
      if (item instanceof Map<?, ?> inner && !fits(item, start + " " + YamlText.value(item))) {
        out.append(start).append('\n');
        mapping(inner, indent + 2);
      } else {
        out.append(start).append(' ').append(YamlText.value(item)).append('\n');
      }
    }
  }

  /** Scalars always; collections when they are small and no deeper than two. */
  private static boolean fits(Object value, String line) {
    return switch (value) {
      case Map<?, ?> map ->
          map.isEmpty()
              || (line.length() <= WIDTH
                  && map.values().stream().allMatch(DraftWriter::isFlat)
                  && map.size() <= 6);
      case List<?> list -> line.length() <= WIDTH && list.stream().allMatch(DraftWriter::isFlat);
      default -> true;
    };
  }

  private static boolean isFlat(Object value) {
    return !(value instanceof Map<?, ?> map && !map.isEmpty())
        && !(value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance));
  }
}
