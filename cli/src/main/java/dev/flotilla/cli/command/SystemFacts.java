package dev.flotilla.cli.command;

import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.context.Context;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.check.Facts;
import dev.flotilla.model.check.ListeningPorts;
import dev.flotilla.model.check.PortHolder;
import dev.flotilla.model.check.PortRules;
import dev.flotilla.node.AbandonedFleet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at this machine for what a check wants to know. */
final class SystemFacts {
  private final Context context;

  SystemFacts(Context context) {
    this.context = context;
  }

  /**
   * @param machine which machine of the manifest this one is; empty for none
   * @param running agents of the fleet that run already: their ports are held as they should be
   */
  Facts of(Fleet fleet, Optional<String> machine, List<AgentStatus> running) {
    Set<Integer> ports = new HashSet<>();
    machine.ifPresent(
        name -> fleet.agentsOn(name).forEach(agent -> ports.addAll(agent.ports().values())));
    running.stream()
        .filter(agent -> agent.pid().isPresent())
        .forEach(agent -> ports.removeAll(agent.ports().values()));
    return new Facts(machine, Files::exists, this::onPath, holders(ports, fleet), portRules());
  }

  /** Without agents of the fleet itself that outlived their node: the next one takes them over. */
  private List<PortHolder> holders(Set<Integer> ports, Fleet fleet) {
    AbandonedFleet own =
        new AbandonedFleet(StateFolders.of(context.environment()).of(fleet.name()));
    try {
      return new ListeningPorts(Path.of("/proc"))
          .holders(ports).stream().filter(holder -> !own.owns(holder.pid())).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static PortRules portRules() {
    return new SystemPorts(
            Path.of("/proc/sys/net/ipv4"), System.getProperty("user.name").equals("root"))
        .rules();
  }

  private boolean onPath(String program) {
    for (String folder : context.environment().getOrDefault("PATH", "").split(File.pathSeparator)) {
      try {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
          return true;
        }
      } catch (InvalidPathException e) {
        return false;
      }
    }
    return false;
  }
}
