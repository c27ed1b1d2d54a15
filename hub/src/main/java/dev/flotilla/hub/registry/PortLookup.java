package dev.flotilla.hub.registry;

import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.model.Agent;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code get_port("MEMORY_AGENT")}: one name, one port. {@code MEMORY_AGENT_HEALTH} asks for the
 * port named {@code health} of {@code MemoryAgent}. Pure.
 */
public final class PortLookup {
  private final Directory directory;

  public PortLookup(Directory directory) {
    this.directory = directory;
  }

  /**
   * Looks a port up.
   *
   * @param written the name as the asker writes it, perhaps {@code name@machine}
   * @param portName which of its ports; empty for the main one
   * @param machine the asker's machine, preferred where several machines have the name
   */
  public PortAnswer port(String written, Optional<String> portName, Optional<String> machine) {
    int at = written.lastIndexOf('@');
    Optional<String> exactMachine =
        at > 0 ? Optional.of(written.substring(at + 1)) : Optional.empty();
    String name = at > 0 ? written.substring(0, at) : written;
    if (!ServiceName.isName(name)) {
      return new PortAnswer.NotFound(
          "'" + written + "', which has no letter and no digit",
          "the name of an agent or service, such as MEMORY_AGENT",
          "ask for a name; `flotilla ports` lists them");
    }
    ServiceName asked = ServiceName.of(name);
    List<Target> candidates = directory.find(Optional.of(asked), exactMachine, List.of(), false);
    if (!candidates.isEmpty()) {
      return choose(written, candidates, portName, machine);
    }
    return portName.isEmpty()
        ? byNameAndPort(asked, exactMachine, machine).orElseGet(() -> unknown(written, asked))
        : unknown(written, asked);
  }

  private Optional<PortAnswer> byNameAndPort(
      ServiceName asked, Optional<String> exactMachine, Optional<String> machine) {
    Set<String> ports =
        directory.targets().stream()
            .flatMap(t -> t.ports().keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String port : ports) {
      if (!ServiceName.isName(port) || !asked.normal().endsWith(ServiceName.of(port).normal())) {
        continue;
      }
      String owner =
          asked
              .normal()
              .substring(0, asked.normal().length() - ServiceName.of(port).normal().length());
      if (owner.isEmpty()) {
        continue;
      }
      List<Target> candidates =
          directory
              .find(Optional.of(new ServiceName(owner)), exactMachine, List.of(), false)
              .stream()
              .filter(t -> t.ports().containsKey(port))
              .toList();
      if (!candidates.isEmpty()) {
        return Optional.of(choose(owner, candidates, Optional.of(port), machine));
      }
    }
    return Optional.empty();
  }

  private static PortAnswer choose(
      String written,
      List<Target> candidates,
      Optional<String> portName,
      Optional<String> machine) {
    List<Target> living = candidates.stream().filter(Target::alive).toList();
    List<Target> usable = living.isEmpty() ? candidates : living;
    List<Target> near =
        usable.stream()
            .filter(t -> machine.map(m -> m.equals(t.owner().machine())).orElse(false))
            .toList();
    List<Target> chosen = near.isEmpty() ? usable : near;
    boolean one =
        chosen.stream().map(t -> t.address() + t.ports()).distinct().count() == 1
            || chosen.stream().allMatch(Target::shared);
    if (!one) {
      return new PortAnswer.NotFound(
          written
              + " on several machines: "
              + chosen.stream().map(t -> t.owner().toString()).collect(Collectors.joining(", ")),
          "one of them",
          "ask for name@machine, or say which machine you are on");
    }
    return portOf(chosen.getFirst(), portName);
  }

  private static PortAnswer portOf(Target target, Optional<String> portName) {
    List<Map.Entry<String, Integer>> ports = List.copyOf(target.ports().entrySet());
    Optional<Map.Entry<String, Integer>> port =
        ports.stream()
            .filter(p -> sameName(p.getKey(), portName.orElse(Agent.MAIN_PORT)))
            .findFirst()
            .or(() -> portName.isPresent() ? Optional.empty() : ports.stream().findFirst());
    return port.<PortAnswer>map(p -> new PortAnswer.Found(target, p.getKey(), p.getValue()))
        .orElseGet(
            () ->
                new PortAnswer.NotFound(
                    target.owner()
                        + (ports.isEmpty() ? " with no port" : " with the ports " + target.ports()),
                    portName.map(p -> "a port named " + p).orElse("a port"),
                    "declare it in the manifest under ports:, or register it"));
  }

  private static boolean sameName(String one, String other) {
    return one.equals(other)
        || (ServiceName.isName(one)
            && ServiceName.isName(other)
            && ServiceName.of(one).equals(ServiceName.of(other)));
  }

  private PortAnswer unknown(String written, ServiceName asked) {
    List<String> near = new ArrayList<>();
    directory.targets().stream()
        .map(Target::name)
        .distinct()
        .sorted(
            Comparator.comparingInt(
                (String name) -> Nearest.distance(asked.normal(), ServiceName.of(name).normal())))
        .limit(3)
        .forEach(near::add);
    return new PortAnswer.NotFound(
        "no agent and no registration named " + written,
        near.isEmpty()
            ? "a name that is known"
            : "a known name, such as " + String.join(", ", near),
        "`flotilla ports` lists what the manifest declares");
  }
}
