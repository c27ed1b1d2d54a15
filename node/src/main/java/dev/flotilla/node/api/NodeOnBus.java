package dev.flotilla.node.api;

import dev.flotilla.bus.Bus;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Failure;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the node answers on the bus, as the service {@code node-<machine>}. */
public final class NodeOnBus implements AutoCloseable {
  private static final String VERSION = "0.1.0";

  private final NodeControl node;
  private final OperationServer server;

  /** Begins to answer. */
  public NodeOnBus(NodeControl node, Bus bus, Clock clock) {
    this.node = node;
    Dispatcher dispatcher =
        new Dispatcher(
            "node-" + node.machine().replaceAll("[^A-Za-z0-9_-]", "_"),
            operations(),
            clock,
            new OperationMetrics(new Metrics()));
    server =
        OperationServer.start(
            bus, dispatcher, VERSION, node.machine() + "-" + ProcessHandle.current().pid(), clock);
  }

  /** Asks for one agent of the machine by its name in the manifest. */
  public record Which(String agent) {}

  private List<Operation<?, ?>> operations() {
    List<Operation<?, ?>> all =
        new ArrayList<>(NodeOperations.of(node.machine(), node::fleet, node::statuses));
    all.add(
        Operation.of("start", Which.class, AgentStatus.class, this::start)
            .summary("Starts an agent of this machine and what it needs."));
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

  @Override
  public void close() {
    server.close();
  }
}
