package dev.flotilla.kernel.fleet;

import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.Resources;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.operation.Subjects;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.MachineStatus;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One time of watching, from the first follower to the last. Thread-safe. */
final class Watching implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FleetWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServiceContext context;
  private final InstantSource time;
  private final List<FleetWatch.Listener> listeners = new ArrayList<>();
  private final Map<AgentId, Long> eventAt = new HashMap<>();
  private final Map<String, String> manifests = new ConcurrentHashMap<>();
  private final Resources open = new Resources("watching the fleet");
  private final FleetView unknown;
  private FleetView view;
  private long events;

  /**
   * @param context the first follower's: its bus, calls and timers are those of the JVM
   */
  Watching(ServiceContext context) {
    this.context = context;
    this.time = SteadyTime.of(context.clock());
    this.unknown = FleetView.unknown(context.fleet());
    this.view = unknown;
  }

  void start() {
    open.keep(context.bus().subscribe("flotilla.event.agent.>", "", this::receive));
    try {
      context.bus().flush(PATIENCE);
      ask();
    } catch (BusException e) {
      log.info("The nodes cannot be asked yet: {}", e.getMessage());
    }
    open.keep(context.timers().every(PERIOD, this::ask));
  }

  synchronized void join(FleetWatch.Listener listener) {
    listeners.add(listener);
    listener.changed(unknown, view);
  }

  /** False when it had left already. */
  synchronized boolean leave(FleetWatch.Listener listener) {
    return listeners.remove(listener);
  }

  private synchronized Set<String> machines() {
    Set<String> machines = new LinkedHashSet<>(Set.of(context.agent().machine()));
    machines.addAll(view.fleet().machines().keySet());
    return machines;
  }

  private void receive(Message message) {
    try {
      AgentStatus status = Wire.read(message.data(), AgentStatus.class);
      update(
          v -> {
            eventAt.put(status.id(), ++events);
            return v.with(status, time.instant());
          });
    } catch (UncheckedIOException e) {
      log.warn(
          "An event on {} is not the status of an agent and was passed over: {}",
          message.subject(),
          e.getMessage());
    }
  }

  /** Asks every node; those that do not answer are found out by their silence. */
  private void ask() {
    for (String machine : machines()) {
      try {
        askNode(machine);
      } catch (OperationException e) {
        log.debug("The node of {} did not answer: {}", machine, e.getMessage());
      }
    }
  }

  private void askNode(String machine) {
    long asked = eventCount();
    MachineStatus status = call(machine, "status", MachineStatus.class);
    if (machine.equals(context.agent().machine()) && !status.manifest().equals(manifest(machine))) {
      Fleet fleet = call(machine, "fleet", Fleet.class);
      update(v -> v.withFleet(fleet));
      manifests.put(machine, status.manifest());
    }
    update(v -> v.withAll(machine, newest(machine, v, status.agents(), asked), time.instant()));
  }

  private String manifest(String machine) {
    return manifests.getOrDefault(machine, "");
  }

  private <O> O call(String machine, String operation, Class<O> answer) {
    return context
        .calls()
        .within(PATIENCE)
        .call(Subjects.node(machine), operation, new Operation.Nothing(), answer);
  }

  /** What the node answered, but for agents of which an event came while it was being asked. */
  private List<AgentStatus> newest(
      String machine, FleetView known, List<AgentStatus> answered, long asked) {
    Map<AgentId, AgentStatus> newest = new LinkedHashMap<>();
    answered.stream()
        .filter(s -> s.id().machine().equals(machine))
        .forEach(s -> newest.put(s.id(), s));
    known.observed().values().stream()
        .filter(s -> s.id().machine().equals(machine))
        .filter(s -> eventAt.getOrDefault(s.id(), 0L) > asked)
        .forEach(s -> newest.put(s.id(), s));
    return List.copyOf(newest.values());
  }

  private synchronized long eventCount() {
    return events;
  }

  private synchronized void update(UnaryOperator<FleetView> change) {
    FleetView before = view;
    view = change.apply(before);
    listeners.forEach(listener -> listener.changed(before, view));
  }

  @Override
  public void close() {
    open.close();
  }
}
