package dev.flotilla.model.manifest;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Group;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An agent of which only its place is known.
 *
 * @param where its key in the manifest
 */
record AgentDraft(AgentId id, String group, Fields own, Position where) {

  /** Finds machine and group; a group that is implied is added to the groups. */
  static AgentDraft of(
      String key,
      Fields own,
      Position where,
      Set<String> machines,
      Map<String, Group> groups,
      PlaceReader places,
      Problems problems) {
    int at = key.indexOf('@');
    Optional<String> group = own.text("group");
    Optional<Group> known = group.flatMap(name -> Optional.ofNullable(groups.get(name)));
    if (group.isPresent() && known.isEmpty()) {
      problems.error(
          own.where("group"),
          "the unknown group '" + group.get() + "'",
          groups.isEmpty()
              ? "a group declared under groups"
              : "one of " + String.join(", ", groups.keySet()),
          Nearest.to(group.get(), groups.keySet())
              .map(near -> "did you mean '" + near + "'?")
              .orElse("declare it under groups"));
    }
    Optional<String> written = at < 0 ? own.text("machine") : Optional.of(key.substring(at + 1));
    Position machineWhere = at < 0 ? own.where("machine") : where;
    String machine =
        written
            .map(name -> places.known(name, machineWhere, machines))
            .or(() -> known.map(Group::machine))
            .orElseGet(
                () ->
                    group.isPresent()
                        ? machines.iterator().next()
                        : places.only(
                            machines, where, "the agent '" + key + "' without group or machine"));
    known
        .filter(g -> machines.contains(machine) && !g.machine().equals(machine))
        .ifPresent(
            g ->
                problems.error(
                    machineWhere,
                    "the machine '" + machine + "' for an agent of the group '" + g.name() + "'",
                    "'" + g.machine() + "', where the group runs",
                    "choose a group of that machine, or remove the machine"));
    String groupName = group.orElse(machines.size() == 1 ? "default" : "default-" + machine);
    if (group.isEmpty()) {
      groups.putIfAbsent(
          groupName, new Group(groupName, machine, Optional.empty(), Optional.empty()));
    }
    String name = at < 0 ? key : key.substring(0, at);
    return new AgentDraft(new AgentId(name, machine), groupName, own, where);
  }
}
