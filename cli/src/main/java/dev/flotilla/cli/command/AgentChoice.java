package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.shape.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Which agents a person means by the names they typed. Pure. */
final class AgentChoice {
  private AgentChoice() {}

  /** Throws a usage failure for a name that no agent or more than one has. */
  static List<AgentId> of(List<String> names, Collection<AgentId> known) {
    return names.stream().map(name -> one(name, known)).distinct().toList();
  }

  static AgentId one(String name, Collection<AgentId> known) {
    List<AgentId> meant =
        known.stream().filter(id -> id.toString().equals(name) || id.name().equals(name)).toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    if (meant.isEmpty()) {
      List<String> names = known.stream().map(AgentId::name).distinct().sorted().toList();
      throw CommandFailure.usage(
          "the agent \"" + name + "\"",
          "an agent of this fleet",
          Nearest.to(name, names)
              .map(near -> "Did you mean " + near + "?")
              .orElse("See them all: flotilla graph"));
    }
    throw CommandFailure.usage(
        "the agent \"" + name + "\", which is on several machines",
        "one of " + meant.stream().map(AgentId::toString).collect(Collectors.joining(", ")),
        "Write its machine too: " + meant.getFirst());
  }
}
