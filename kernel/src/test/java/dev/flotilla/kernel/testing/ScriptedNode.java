package dev.flotilla.kernel.testing;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.metrics.Metrics;
import dev.flotilla.kernel.operation.Dispatcher;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.OperationMetrics;
import dev.flotilla.kernel.operation.OperationServer;
import dev.flotilla.kernel.operation.Subjects;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.MachineStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers and tells on the bus as the node of one machine does, but says what the test wants. */
public final class ScriptedNode implements AutoCloseable {
  private final Bus bus;
  private final String machine;
  private final Map<AgentId, AgentStatus> statuses = new ConcurrentHashMap<>();
  private final OperationServer server;
  private final AtomicInteger fleetAsked = new AtomicInteger();
  private volatile Fleet fleet;

  public ScriptedNode(Bus bus, String machine, Fleet fleet) {
    this.bus = bus;
    this.machine = machine;
    this.fleet = fleet;
    Dispatcher dispatcher =
        new Dispatcher(
            Subjects.node(machine),
            List.of(
                Operation.of(
                    "status", Operation.Nothing.class, MachineStatus.class, nothing -> status()),
                Operation.of("fleet", Operation.Nothing.class, Fleet.class, nothing -> asked())),
            Clock.systemUTC(),
            new OperationMetrics(new Metrics()));
    this.server = OperationServer.start(bus, dispatcher, "0.1.0", "node", Clock.systemUTC());
  }

  /** As if the agent had changed. */
  public void say(AgentStatus status) {
    statuses.put(status.id(), status);
    bus.publish(
        Message.of(
            "flotilla.event.agent." + machine + "." + status.id().name(), Wire.json(status)));
  }

  public void apply(Fleet other) {
    fleet = other;
  }

  /** How often somebody asked for the manifest. */
  public int fleetAsked() {
    return fleetAsked.get();
  }

  private Fleet asked() {
    fleetAsked.incrementAndGet();
    return fleet;
  }

  private MachineStatus status() {
    return new MachineStatus(
        fleet.name(),
        machine,
        Integer.toHexString(fleet.hashCode()),
        List.copyOf(statuses.values()));
  }

  /** As if the node had died. */
  @Override
  public void close() {
    server.close();
  }
}
