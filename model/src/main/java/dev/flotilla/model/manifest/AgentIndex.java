package dev.flotilla.model.manifest;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the agent that a name in the manifest means. */
final class AgentIndex {
  private final Map<String, List<AgentId>> byName = new HashMap<>();
  private final Set<AgentId> all = new HashSet<>();

  /** Returns false when it is there already. */
  boolean add(AgentId id) {
    if (!all.add(id)) {
      return false;
    }
    byName.computeIfAbsent(id.name(), name -> new ArrayList<>()).add(id);
    return true;
  }

  /** As {@link #find}, without a word on what is not found. */
  Optional<AgentId> lookUp(String written, String machine) {
    return find(written, machine, new Position("", 0, 0), new Problems());
  }

  /**
   * A bare name is the agent on the asking machine, else the only one elsewhere. Empty when there
   * is none or more than one, and then a problem was added.
   */
  Optional<AgentId> find(String written, String machine, Position where, Problems problems) {
    AgentId id = AgentId.parse(written, machine);
    if (all.contains(id)) {
      return Optional.of(id);
    }
    List<AgentId> named = byName.getOrDefault(id.name(), List.of());
    boolean bare = written.indexOf('@') < 0;
    if (bare && named.size() == 1) {
      return Optional.of(named.getFirst());
    }
    if (bare && named.size() > 1) {
      String choices = String.join(" or ", named.stream().map(AgentId::toString).sorted().toList());
      problems.error(
          where,
          "'" + written + "', which several machines have",
          choices,
          "write the machine too");
      return Optional.empty();
    }
    problems.error(
        where,
        "the unknown agent '" + written + "'",
        "an agent of this manifest",
        named.stream()
            .map(AgentId::toString)
            .min(String::compareTo)
            .or(() -> Nearest.to(id.name(), byName.keySet()))
            .map(near -> "did you mean '" + near + "'?")
            .orElse("declare it under agents, or remove it from needs"));
    return Optional.empty();
  }
}
