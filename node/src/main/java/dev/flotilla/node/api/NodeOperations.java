package dev.flotilla.node.api;

import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.PublicFleet;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the node answers on the bus, as the service {@code node-<machine>}: {@code status}, all it
 * knows of its agents, and {@code fleet}, the manifest in force without its secrets.
 */
public final class NodeOperations {
  private NodeOperations() {}

  public static List<Operation<?, ?>> of(
      String machine, Supplier<Fleet> fleet, Supplier<List<AgentStatus>> statuses) {
    return List.of(
        Operation.of(
                "status",
                Operation.Nothing.class,
                MachineStatus.class,
                nothing -> status(machine, fleet.get(), statuses.get()))
            .summary("All the node knows of the agents of its machine."),
        Operation.of(
                "fleet",
                Operation.Nothing.class,
                Fleet.class,
                nothing -> PublicFleet.of(fleet.get()))
            .summary("The manifest in force, without its secrets."));
  }

  private static MachineStatus status(String machine, Fleet fleet, List<AgentStatus> statuses) {
    return new MachineStatus(
        fleet.name(),
        machine,
        Integer.toHexString(fleet.hashCode()),
        statuses.stream().filter(s -> s.id().machine().equals(machine)).toList());
  }
}
