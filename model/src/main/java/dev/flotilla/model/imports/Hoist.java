package dev.flotilla.model.imports;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves defaults that every group says to the fleet, so that they are said once. Where groups
 * differ, the most frequent value moves and the others stay.
 */
final class Hoist {
  private Hoist() {}

  /** Changes both: groups lose what the fleet gains. */
  static void up(Collection<Map<String, Object>> groups, Map<String, Object> fleet) {
    if (groups.isEmpty()) {
      return;
    }
    for (String section : sections(groups)) {
      for (String key : keys(groups, section)) {
        mostFrequent(groups, section, key)
            .ifPresent(
                value -> {
                  section(fleet, section).put(key, value);
                  groups.forEach(group -> remove(group, section, key, value));
                });
      }
    }
    groups.forEach(
        group -> group.values().removeIf(value -> value instanceof Map<?, ?> m && m.isEmpty()));
  }

  /** Kept keys that all agents of a machine say alike go to the machine. */
  static void extensions(Draft draft, String machine, Map<String, Object> into) {
    List<Draft.DraftAgent> agents =
        draft.agents.stream().filter(a -> a.machine.equals(machine)).toList();
    if (agents.size() < 3) {
      return;
    }
    for (Map.Entry<String, Object> entry : Map.copyOf(agents.getFirst().keys).entrySet()) {
      boolean all =
          entry.getKey().startsWith("x-")
              && agents.stream().allMatch(a -> entry.getValue().equals(a.keys.get(entry.getKey())));
      if (all) {
        into.put("x-agents-" + entry.getKey().substring(2), entry.getValue());
        agents.forEach(agent -> agent.keys.remove(entry.getKey()));
      }
    }
  }

  static Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> copy.put(key, value instanceof Map<?, ?> inner ? copyOf(inner) : value));
    return copy;
  }

  private static Map<String, Object> copyOf(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static Set<String> sections(Collection<Map<String, Object>> groups) {
    Set<String> sections = new LinkedHashSet<>();
    groups.forEach(group -> defaults(group).keySet().forEach(sections::add));
    return sections;
  }

  private static Set<String> keys(Collection<Map<String, Object>> groups, String section) {
    Set<String> keys = new LinkedHashSet<>();
    groups.forEach(group -> inner(group, section).keySet().forEach(keys::add));
    return keys;
  }

  /** Empty when a group does not say it: the fleet's default would change that group. */
  private static Optional<Object> mostFrequent(
      Collection<Map<String, Object>> groups, String section, String key) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    for (Map<String, Object> group : groups) {
      Object value = inner(group, section).get(key);
      if (value == null) {
        return Optional.empty();
      }
      counts.merge(value, 1, Integer::sum);
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private static void remove(Map<String, Object> group, String section, String key, Object value) {
    Map<String, Object> inner = inner(group, section);
    inner.remove(key, value);
    if (inner.isEmpty()) {
      defaults(group).remove(section);
    }
  }

  private static Map<String, Object> inner(Map<String, Object> group, String section) {
    return section(defaults(group), section, false);
  }

  private static Map<String, Object> defaults(Map<String, Object> group) {
    return section(group, "defaults", false);
  }

  private static Map<String, Object> section(Map<String, Object> map, String key) {
    return section(map, key, true);
  }

  @SuppressWarnings("unchecked") // the importer itself puts only such maps under these keys
  private static Map<String, Object> section(Map<String, Object> map, String key, boolean create) {
    if (create) {
      map.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }
    return map.get(key) instanceof Map<?, ?> inner
        ? (Map<String, Object>) inner
        : new LinkedHashMap<>();
  }
}
