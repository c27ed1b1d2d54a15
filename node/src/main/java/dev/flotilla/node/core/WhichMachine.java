package dev.flotilla.node.core;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says which machine of the manifest this one is. Pure. */
public final class WhichMachine {
  private WhichMachine() {}

  /**
   * By name when somebody said so, else the only machine, else the one whose address or name is
   * ours.
   *
   * @param asked what {@code --machine} says
   * @param own this machine's host names and addresses
   */
  public static Result<String> of(Fleet fleet, Optional<String> asked, Set<String> own) {
    Collection<Machine> machines = fleet.machines().values();
    String known = String.join(", ", fleet.machines().keySet());
    if (asked.isPresent()) {
      return fleet.machines().containsKey(asked.get())
          ? new Result.Ok<>(asked.get(), List.of())
          : failed(
              "machine \"%s\"".formatted(asked.get()),
              "one of the manifest's machines: " + known,
              "name one of them with --machine");
    }
    if (machines.size() == 1) {
      return new Result.Ok<>(machines.iterator().next().name(), List.of());
    }
    List<String> matches =
        machines.stream()
            .filter(m -> matches(m.address(), own) || matches(m.name(), own))
            .map(Machine::name)
            .toList();
    return matches.size() == 1
        ? new Result.Ok<>(matches.getFirst(), List.of())
        : failed(
            matches.isEmpty()
                ? "none of the manifest's machines (%s) has an address or name of this one (%s)"
                    .formatted(known, String.join(", ", own.stream().sorted().toList()))
                : "this machine fits " + String.join(" and ", matches),
            "one machine that is this one",
            "say which with --machine NAME");
  }

  private static boolean matches(String text, Set<String> own) {
    return own.contains(text.toLowerCase(Locale.ROOT));
  }

  private static Result<String> failed(String found, String expected, String advice) {
    return new Result.Failed<>(
        List.of(Problem.error(new Position("", 0, 0), found, expected, advice)));
  }
}
