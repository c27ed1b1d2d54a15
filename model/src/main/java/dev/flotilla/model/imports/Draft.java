package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest while it is put together from several files. Not thread-safe. */
final class Draft {
  final Map<String, Map<String, Object>> machines = new LinkedHashMap<>();
  final Map<String, Object> defaults = new LinkedHashMap<>();
  final Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
  final List<DraftAgent> agents = new ArrayList<>();
  final Map<String, Object> flags = new LinkedHashMap<>();
  final Map<String, Object> extensions = new LinkedHashMap<>();
  final boolean mixed;
  boolean portOffset;

  /**
   * @param mixed whether agents of different kinds of files share a machine, so that what one file
   *     says for its agents must not stand at the machine
   */
  Draft(boolean mixed) {
    this.mixed = mixed;
  }

  /** An agent while it is put together. */
  static final class DraftAgent {
    final String name;
    final String machine;
    final String group;
    final Position where;
    final Map<String, Object> keys = new LinkedHashMap<>();
    final Map<String, Object> ports = new LinkedHashMap<>();
    final List<DraftNeed> needs = new ArrayList<>();

    DraftAgent(String name, String machine, String group, Position where) {
      this.name = name;
      this.machine = machine;
      this.group = group;
      this.where = where;
    }
  }

  /**
   * A dependency as written.
   *
   * @param condition a word of the manifest
   */
  record DraftNeed(String name, String condition, Position where) {}

  /** The name for a group that is unique in the fleet. */
  String groupName(String wanted, String machine) {
    String safe = Names.safe(wanted);
    Map<String, Object> existing = groups.get(safe);
    return existing == null || machine.equals(existing.get("machine"))
        ? safe
        : safe + "-" + machine;
  }

  Map<String, Object> group(String name, String machine) {
    Map<String, Object> group = groups.computeIfAbsent(name, n -> new LinkedHashMap<>());
    group.putIfAbsent("machine", machine);
    return group;
  }

  Optional<DraftAgent> agent(String name, String machine) {
    return agents.stream()
        .filter(agent -> agent.name.equals(name) && agent.machine.equals(machine))
        .findFirst();
  }

  List<DraftAgent> named(String name) {
    return agents.stream().filter(agent -> agent.name.equals(name)).toList();
  }

  /** A key of its own for what is kept: {@code x-name}, with the machine when that is taken. */
  String keep(String name, String machine, Object value) {
    String key = "x-" + name;
    String free = extensions.containsKey(key) ? key + "-" + machine : key;
    while (extensions.containsKey(free)) {
      free = free + "-2";
    }
    extensions.put(free, value);
    return free;
  }
}
