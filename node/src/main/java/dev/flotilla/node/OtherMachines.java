package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.Subjects;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.Need;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.StatusOf;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears over the bus how the agents on other machines are that agents here need: every change at
 * once, and all of them from time to time, since a change may have been missed and a node that
 * answers no more tells of none. Thread-safe.
 */
final class OtherMachines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtherMachines.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int SILENT = 2;

  private final BusCalls calls;
  private final Supplier<LoadedFleet> loaded;
  private final Consumer<Event> events;
  private final Subscription changes;
  private final Map<AgentId, Long> heardAt = new ConcurrentHashMap<>();
  private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
  private final Thread asking;

  /**
   * @param calls to nodes, each of which is let through
   * @param loaded the manifest in force
   */
  OtherMachines(Bus bus, BusCalls calls, Supplier<LoadedFleet> loaded, Consumer<Event> events) {
    this.calls = calls;
    this.loaded = loaded;
    this.events = events;
    this.changes = bus.subscribe("flotilla.event.agent.>", "", this::heard);
    this.asking = Thread.ofVirtual().name("other-machines").start(this::ask);
  }

  private void heard(Message message) {
    try {
      AgentStatus status = Wire.read(message.data(), AgentStatus.class);
      if (!status.id().machine().equals(loaded.get().machine())) {
        heardAt.put(status.id(), System.nanoTime());
        tell(status);
      }
    } catch (UncheckedIOException e) {
      LOG.warn("{} is not the status of an agent: {}", message.subject(), e.getMessage());
    }
  }

  private void tell(AgentStatus status) {
    events.accept(
        new Event.SeenElsewhere(
            status.id(), status.pid().isPresent(), StatusOf.ready(status), status.completed()));
  }

  private void ask() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (String machine : needed()) {
          ask(machine);
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The machines whose agents somebody here waits for. */
  private Set<String> needed() {
    LoadedFleet now = loaded.get();
    Set<String> machines = new TreeSet<>();
    now.fleet()
        .agentsOn(now.machine())
        .forEach(
            agent ->
                agent.needs().stream()
                    .map(Need::agent)
                    .map(AgentId::machine)
                    .filter(machine -> !machine.equals(now.machine()))
                    .forEach(machines::add));
    return machines;
  }

  private void ask(String machine) {
    long asked = System.nanoTime();
    try {
      MachineStatus status =
          calls
              .within(PATIENCE)
              .call(Subjects.node(machine), "status", new Operation.Nothing(), MachineStatus.class);
      unanswered.remove(machine);
      status.agents().stream()
          .filter(agent -> heardAt.getOrDefault(agent.id(), asked - 1) - asked < 0)
          .forEach(this::tell);
    } catch (OperationException | BusException e) {
      LOG.debug("the node of {} did not answer: {}", machine, e.getMessage());
      if (unanswered.merge(machine, 1, Integer::sum) == SILENT) {
        loaded.get().fleet().agentsOn(machine).stream()
            .map(agent -> new Event.SeenElsewhere(agent.id(), false, false, false))
            .forEach(events);
      }
    }
  }

  @Override
  public void close() {
    asking.interrupt();
    changes.close();
  }
}
