package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.flags.FlagOperations;
import dev.flotilla.kernel.flags.FlagStore;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Version;
import dev.flotilla.node.api.NodeControl;
import dev.flotilla.node.api.NodeOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What the node serves on the bus: itself as {@code node-<machine>}, and the flags of the fleet.
 */
final class NodeServices implements AutoCloseable {

  private final NodeControl node;
  private final ModelDesk models;
  private final Bus bus;
  private final Clock clock;
  private final FlagStore flags;
  private final List<OperationServer> servers;

  /**
   * Begins to answer.
   *
   * @param state where flags are kept
   */
  NodeServices(NodeControl node, ModelDesk models, Path state, Bus bus, Clock clock) {
    this.node = node;
    this.models = models;
    this.bus = bus;
    this.clock = clock;
    try {
      this.flags = FlagStore.open(state, node.fleet().flags(), bus, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.servers =
        List.of(
            serve("node-" + node.machine().replaceAll("[^A-Za-z0-9_-]", "_"), operations()),
            serve(FlagOperations.SERVICE, FlagOperations.of(flags)));
  }

  private OperationServer serve(String name, List<Operation<?, ?>> operations) {
    return OperationServer.start(
        bus,
        new Dispatcher(name, operations, clock, new OperationMetrics(new Metrics())),
        Version.CURRENT,
        node.machine() + "-" + ProcessHandle.current().pid(),
        clock);
  }

  /** Asks for one agent of the machine by its name in the manifest. */
  public record Which(String agent) {}

  private List<Operation<?, ?>> operations() {
    List<Operation<?, ?>> all =
        new ArrayList<>(NodeOperations.of(node.machine(), node::fleet, node::statuses));
    all.add(
        Operation.of("start", Which.class, AgentStatus.class, this::start)
            .summary("Starts an agent of this machine and what it needs."));
    all.addAll(models.operations());
    return all;
  }

  private AgentStatus start(Which which) throws InterruptedException {
    AgentId id = AgentId.parse(which.agent(), node.machine());
    if (node.statuses().stream().noneMatch(status -> status.id().equals(id))) {
      throw Failure.notFound(
              "no agent " + id, "an agent of this machine", "Ask status for their names.")
          .exception();
    }
    return node.start(id);
  }

  /** The flags of the manifest in force, after it changed. */
  void define() {
    flags.define(node.fleet().flags());
  }

  @Override
  public void close() {
    servers.forEach(OperationServer::close);
    flags.close();
  }
}
