package dev.flotilla.model.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of the machine where a check is made.
 *
 * @param machine its name in the manifest; empty when it is none of them, and then no file and no
 *     held port is looked at
 * @param exists whether a file exists
 * @param onPath whether a program of this name is found on PATH
 * @param held listening ports, without those of agents that run already
 * @param ports which ports the machine keeps for itself
 */
public record Facts(
    Optional<String> machine,
    Predicate<Path> exists,
    Predicate<String> onPath,
    List<PortHolder> held,
    PortRules ports) {
  public Facts {
    held = List.copyOf(held);
  }

  /** Nothing is known: only the manifest itself is checked. */
  public static Facts none() {
    return new Facts(Optional.empty(), path -> true, name -> true, List.of(), PortRules.NONE);
  }
}
