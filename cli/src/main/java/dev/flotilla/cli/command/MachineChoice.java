package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.shape.Nearest;
import java.util.Optional;

/** Which machine of a manifest this one is. Pure. */
final class MachineChoice {
  private MachineChoice() {}

  /** The named one, which must be there; without a name the only one there is. */
  static Optional<String> of(Fleet fleet, String named) {
    if (named.isEmpty()) {
      return fleet.machines().size() == 1
          ? fleet.machines().keySet().stream().findFirst()
          : Optional.empty();
    }
    if (!fleet.machines().containsKey(named)) {
      throw CommandFailure.usage(
          "the machine \"" + named + "\"",
          "one of " + String.join(", ", fleet.machines().keySet()),
          Nearest.to(named, fleet.machines().keySet())
              .map(near -> "Did you mean " + near + "?")
              .orElse("Name one of them."));
    }
    return Optional.of(named);
  }
}
