package dev.flotilla.kernel.fleet;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.shape.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Which agent somebody means by {@code MemoryAgent}, {@code MEMORY_AGENT} or {@code x@pc2}. */
public sealed interface AgentLookup {

  /** This one. */
  record Found(AgentId id) implements AgentLookup {}

  /** None, or more than one. */
  record NotFound(String found, String expected, String advice) implements AgentLookup {}

  /** Looks among the given agents; a name with {@code @} names the machine too. */
  static AgentLookup of(String written, Collection<AgentId> known) {
    int at = written.lastIndexOf('@');
    String name = at < 0 ? written : written.substring(0, at);
    String machine = at < 0 ? "" : written.substring(at + 1);
    List<AgentId> matches =
        !ServiceName.isName(name)
            ? List.of()
            : known.stream()
                .filter(id -> machine.isEmpty() || id.machine().equals(machine))
                .filter(id -> sameName(id.name(), name))
                .toList();
    List<AgentId> exact = matches.stream().filter(id -> id.name().equals(name)).toList();
    List<AgentId> best = exact.isEmpty() ? matches : exact;
    return switch (best.size()) {
      case 0 -> none(written, name, known);
      case 1 -> new Found(best.getFirst());
      default ->
          new NotFound(written + " means " + joined(best), "one agent", "write name@machine");
    };
  }

  private static AgentLookup none(String written, String name, Collection<AgentId> known) {
    String normal = ServiceName.isName(name) ? ServiceName.of(name).normal() : "";
    List<AgentId> near =
        known.stream()
            .filter(id -> ServiceName.isName(id.name()))
            .sorted(
                Comparator.comparingInt(
                    id -> Nearest.distance(normal, ServiceName.of(id.name()).normal())))
            .limit(3)
            .toList();
    return new NotFound(
        "no agent named " + written,
        near.isEmpty() ? "an agent of the manifest" : "an agent such as " + joined(near),
        "`flotilla status` lists them");
  }

  private static boolean sameName(String one, String other) {
    return one.equals(other)
        || (ServiceName.isName(one) && ServiceName.of(one).equals(ServiceName.of(other)));
  }

  private static String joined(List<AgentId> ids) {
    return ids.stream().map(AgentId::toString).collect(Collectors.joining(", "));
  }
}
