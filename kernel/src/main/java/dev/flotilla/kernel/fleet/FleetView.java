package dev.flotilla.kernel.fleet;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is desired and what was observed, at one moment. Immutable.
 *
 * @param fleet the manifest in force
 * @param observed the last word of the nodes on each agent
 * @param heard when each machine's node last gave a sign of life
 */
public record FleetView(
    Fleet fleet, Map<AgentId, AgentStatus> observed, Map<String, Instant> heard) {

  /** How long a node may be silent before what it said counts as stale. */
  public static final Duration SILENCE = Duration.ofSeconds(12);

  public FleetView {
    observed = Collections.unmodifiableMap(new LinkedHashMap<>(observed));
    heard = Map.copyOf(heard);
  }

  /** Before anything is known. */
  public static FleetView unknown(String fleet) {
    return new FleetView(
        new Fleet(
            fleet,
            "",
            0,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of()),
        Map.of(),
        Map.of());
  }

  public Optional<AgentStatus> status(AgentId id) {
    return Optional.ofNullable(observed.get(id));
  }

  /** Whether what is known of a machine's agents is too old to be believed. */
  public boolean stale(String machine, Instant now) {
    Instant last = heard.get(machine);
    return last == null || now.isAfter(last.plus(SILENCE));
  }

  /** With another manifest; what was observed of agents that left it stays until a node says so. */
  public FleetView withFleet(Fleet other) {
    return new FleetView(other, observed, heard);
  }

  /** With one agent's change, which is a sign of life of its node as well. */
  public FleetView with(AgentStatus status, Instant now) {
    Map<AgentId, AgentStatus> next = new LinkedHashMap<>(observed);
    next.put(status.id(), status);
    return new FleetView(fleet, next, heardAt(status.id().machine(), now));
  }

  /** With all that one node knows: agents of its machine that it does not name are gone. */
  public FleetView withAll(String machine, List<AgentStatus> statuses, Instant now) {
    Map<AgentId, AgentStatus> next = new LinkedHashMap<>(observed);
    next.keySet().removeIf(id -> id.machine().equals(machine));
    statuses.forEach(status -> next.put(status.id(), status));
    return new FleetView(fleet, next, heardAt(machine, now));
  }

  private Map<String, Instant> heardAt(String machine, Instant now) {
    Map<String, Instant> next = new LinkedHashMap<>(heard);
    next.put(machine, now);
    return next;
  }
}
