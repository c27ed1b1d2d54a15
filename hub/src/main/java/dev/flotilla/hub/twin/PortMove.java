package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens when a port of an agent moves.
 *
 * @param conflicts who has the new port on the same machine
 * @param hardWired who has the old port written somewhere, and where; values are never shown
 * @param followBy what must be done for everything to go on working, one sentence each
 */
public record PortMove(
    AgentId agent,
    String portName,
    int from,
    int to,
    List<Conflict> conflicts,
    List<PortUse> hardWired,
    List<String> followBy) {

  /** The new port is taken. */
  public record Conflict(AgentId holder, String portName) {}

  public PortMove {
    conflicts = List.copyOf(conflicts);
    hardWired = List.copyOf(hardWired);
    followBy = List.copyOf(followBy);
  }

  /** Moves a port. Pure. */
  public static PortMove of(Fleet fleet, Agent agent, String portName, int from, int to) {
    List<Conflict> conflicts = new ArrayList<>();
    List<PortUse> uses = new ArrayList<>();
    for (Agent other : fleet.agents().values()) {
      boolean self = other.id().equals(agent.id());
      if (other.id().machine().equals(agent.id().machine())) {
        other
            .ports()
            .forEach(
                (name, port) -> {
                  if (port == to && !(self && name.equals(portName))) {
                    conflicts.add(new Conflict(other.id(), name));
                  }
                });
      }
      if (!self) {
        uses.addAll(PortUse.in(other, agent, from, fleet));
      }
    }
    return new PortMove(
        agent.id(), portName, from, to, conflicts, uses, advice(fleet, conflicts, uses, to));
  }

  private static List<String> advice(
      Fleet fleet, List<Conflict> conflicts, List<PortUse> uses, int to) {
    List<String> advice = new ArrayList<>();
    conflicts.forEach(
        c ->
            advice.add(
                "choose another port: %d is the port %s of %s"
                    .formatted(to, c.portName(), fleet.shortName(c.holder()))));
    uses.stream()
        .map(PortUse::agent)
        .distinct()
        .forEach(
            id ->
                advice.add(
                    "let %s ask the registry for the port, or change what it has written"
                        .formatted(fleet.shortName(id))));
    return advice;
  }
}
