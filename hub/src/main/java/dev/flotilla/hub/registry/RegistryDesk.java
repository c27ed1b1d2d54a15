package dev.flotilla.hub.registry;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.ServiceName;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Machine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the registry's questions one change at a time: decides, writes down, then tells the asker
 * and the watchers. Thread-safe.
 */
final class RegistryDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryDesk.class);
  private static final int RENEWALS_PER_LEASE = 3;

  /** Leases that run out in the same second end together. */
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private final RegistryConfig config;
  private final AgentId self;
  private final InstantSource time;
  private final RegistryStore store;
  private final Timers timers;
  private final Consumer<Change> watchers;
  private Registry registry;
  private Optional<Sweep> due = Optional.empty();
  private boolean closed;
  private FleetView fleet;
  private Optional<String> writeFailure = Optional.empty();

  RegistryDesk(
      RegistryConfig config,
      AgentId self,
      InstantSource time,
      RegistryStore store,
      Timers timers,
      FleetView fleet,
      Consumer<Change> watchers) {
    this.config = config;
    this.self = self;
    this.time = time;
    this.store = store;
    this.timers = timers;
    this.fleet = fleet;
    this.watchers = watchers;
    this.registry = Registry.restored(store.found(), time.instant(), config.grace());
    sweepInTime();
  }

  synchronized Requests.Leased register(Requests.Register asked) {
    String machine = asked.machine().orElse(self.machine());
    Registration registration =
        new Registration(
            asked.name(),
            new AgentId(asked.agent().orElse(asked.name()), machine),
            asked.instance(),
            asked.address().orElseGet(() -> address(machine)),
            asked.ports(),
            asked.tags(),
            asked.metadata(),
            asked.shared().orElse(false),
            asked.lease().orElse(config.lease()));
    Validation.check(registration, config.longestLease());
    if (registry.entries().size() >= config.most()) {
      throw Failure.unavailable(
              config.most() + " registrations, as many as the registry takes",
              "room for one more",
              "deregister what is no longer there, or raise \"most\" in the registry's config")
          .exception();
    }
    return leased(accept(registry.register(registration, time.instant())));
  }

  synchronized Requests.Leased renew(Requests.Renew asked) {
    Validation.name("name", asked.name());
    return leased(accept(registry.renew(asked.name(), asked.instance(), time.instant())));
  }

  synchronized Requests.Deregistered deregister(Requests.Renew asked) {
    Validation.name("name", asked.name());
    Entry entry = accept(registry.deregister(asked.name(), asked.instance()));
    return new Requests.Deregistered(entry.registration().name(), entry.registration().instance());
  }

  Requests.Found discover(Requests.Discover asked) {
    asked.name().ifPresent(name -> Validation.name("name", name));
    return new Requests.Found(
        directory()
            .find(
                asked.name().map(ServiceName::of),
                asked.machine(),
                asked.tags(),
                !asked.all().orElse(false))
            .stream()
            .map(Requests.Instance::of)
            .toList());
  }

  Requests.PortFound port(Requests.Port asked) {
    return switch (new PortLookup(directory()).port(asked.name(), asked.port(), asked.machine())) {
      case PortAnswer.Found(Target target, String portName, int port) ->
          new Requests.PortFound(
              target.name(),
              target.owner().machine(),
              target.address(),
              port,
              portName,
              target.alive(),
              target.source());
      case PortAnswer.NotFound(String found, String expected, String advice) ->
          throw Failure.notFound(found, expected, advice).exception();
    };
  }

  /** What the nodes say now; whoever they saw end holds nothing any more. */
  synchronized void fleetChanged(FleetView before, FleetView after) {
    fleet = after;
    if (!before.fleet().agents().keySet().equals(after.fleet().agents().keySet())) {
      registry = registry.withDeclared(after.fleet().agents().keySet());
    }
    List<Change> gone = new ArrayList<>();
    for (AgentStatus status : after.observed().values()) {
      if (!status.equals(before.observed().get(status.id())) && !Directory.runs(status.state())) {
        gone.addAll(registry.ownerGone(status.id(), status.state().label()));
      }
    }
    remove(gone);
  }

  private record Sweep(Instant at, Timers.Timer timer) {}

  /** Sees to it that the next lease that runs out is ended within a second. */
  private void sweepInTime() {
    Optional<Instant> next = registry.nextExpiry().map(expiry -> expiry.plus(TOGETHER));
    if (closed
        || next.isEmpty()
        || due.filter(sweep -> !sweep.at().isAfter(next.get())).isPresent()) {
      return;
    }
    due.ifPresent(later -> later.timer().close());
    Duration wait = Duration.between(time.instant(), next.get());
    due =
        Optional.of(
            new Sweep(
                next.get(), timers.after(wait.isNegative() ? Duration.ZERO : wait, this::sweep)));
  }

  /** Ends what has run out. */
  private synchronized void sweep() {
    due = Optional.empty();
    remove(registry.expired(time.instant()));
    sweepInTime();
  }

  @Override
  public synchronized void close() {
    closed = true;
    due.ifPresent(sweep -> sweep.timer().close());
  }

  synchronized Health health() {
    return writeFailure
        .<Health>map(why -> Health.degraded("registrations cannot be written: " + why))
        .orElseGet(Health::ok);
  }

  synchronized int living() {
    return registry.living(time.instant()).size();
  }

  private synchronized Directory directory() {
    return Directory.of(registry, time.instant(), fleet.fleet(), fleet.observed());
  }

  private Entry accept(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(Registry next, Entry entry, List<Change> changes) -> {
        commit(changes, next);
        yield entry;
      }
      case Outcome.Held(String found, String expected, String advice) ->
          throw Failure.conflict(found, expected, advice).exception();
      case Outcome.Unknown(String found, String expected, String advice) ->
          throw Failure.notFound(found, expected, advice).exception();
    };
  }

  private void commit(List<Change> changes, Registry next) {
    try {
      if (!changes.isEmpty()) {
        store.write(changes, next);
        writeFailure = Optional.empty();
      }
    } catch (IOException e) {
      writeFailure = Optional.of(String.valueOf(e.getMessage()));
      throw Failure.unavailable(
              "the registration cannot be written down: " + e.getMessage(),
              "a state folder that can be written to",
              "make room or mend the folder's rights, then try again")
          .exception();
    }
    registry = next;
    sweepInTime();
    changes.forEach(watchers);
  }

  /** What ended has ended, even when that cannot be written down: after a restart it ends again. */
  private void remove(List<Change> gone) {
    if (gone.isEmpty()) {
      return;
    }
    registry = registry.after(gone);
    try {
      store.write(gone, registry);
    } catch (IOException e) {
      writeFailure = Optional.of(String.valueOf(e.getMessage()));
      log.warn(
          "The end of {} registrations could not be written down: {}", gone.size(), e.getMessage());
    }
    gone.forEach(watchers);
  }

  private Requests.Leased leased(Entry entry) {
    Registration r = entry.registration();
    return new Requests.Leased(
        r.name(), r.instance(), r.lease(), r.lease().dividedBy(RENEWALS_PER_LEASE));
  }

  private String address(String machine) {
    Machine known = fleet.fleet().machines().get(machine);
    return known != null ? known.address() : machine.equals(self.machine()) ? "127.0.0.1" : machine;
  }
}
