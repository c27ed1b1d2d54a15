package dev.flotilla.cli.rehearse;

import dev.flotilla.hub.twin.CriticalPath;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What happened at a rehearsal, from the statuses the supervisor told. Thread-safe. */
public final class Chronicle {
  private final Map<AgentId, CriticalPath.Start> starts = new LinkedHashMap<>();
  private final Map<AgentId, Incident> open = new LinkedHashMap<>();
  private final Map<AgentId, Integer> restarts = new HashMap<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final Set<Long> pids = new LinkedHashSet<>();
  private boolean ending;

  /**
   * Something that went wrong.
   *
   * @param recovered when the agent was well again
   */
  public record Incident(
      AgentId agent, Instant when, AgentState state, String what, Optional<Instant> recovered) {
    public Optional<Duration> took() {
      return recovered.map(at -> Duration.between(when, at));
    }
  }

  /** Takes note of a status. */
  public synchronized void add(AgentStatus status) {
    if (ending) {
      return;
    }
    status.pid().ifPresent(pids::add);
    status
        .startedAt()
        .ifPresent(
            started ->
                starts.merge(
                    status.id(),
                    new CriticalPath.Start(started, status.readyAt()),
                    Chronicle::first));
    arrived(status);
    switch (status.state()) {
      case RESTARTING, CRASH_LOOP, FAILED -> wrong(status);
      case HEALTHY, RUNNING, STOPPED -> {
        startedAgain(status);
        well(status);
      }
      case STARTING -> startedAgain(status);
      case WAITING, DEGRADED -> {}
    }
    restarts.put(status.id(), status.restarts());
  }

  /** A task is ready when it is done, and what has no probe as soon as it runs. */
  private void arrived(AgentStatus status) {
    if (status.completed() || status.state() == AgentState.RUNNING) {
      starts.computeIfPresent(
          status.id(),
          (agent, start) ->
              new CriticalPath.Start(
                  start.startedAt(),
                  Optional.of(status.completed() ? status.since() : start.startedAt())));
    }
  }

  /** What follows is the end of the rehearsal and no incident. */
  public synchronized void end() {
    ending = true;
  }

  private static CriticalPath.Start first(CriticalPath.Start before, CriticalPath.Start now) {
    return before.readyAt().isPresent() || !before.startedAt().equals(now.startedAt())
        ? before
        : now;
  }

  private void wrong(AgentStatus status) {
    String what = status.reason().isEmpty() ? status.lastExit().orElse("") : status.reason();
    Incident before = open.get(status.id());
    Instant when = before == null ? status.since() : before.when();
    Incident incident = new Incident(status.id(), when, status.state(), what, Optional.empty());
    open.put(status.id(), incident);
  }

  /** A restart at once is seen as a start, with no word in between. */
  private void startedAgain(AgentStatus status) {
    boolean again = status.restarts() > restarts.getOrDefault(status.id(), 0);
    if (again && !open.containsKey(status.id())) {
      String what = status.lastExit().orElse("started again");
      open.put(
          status.id(),
          new Incident(
              status.id(),
              status.startedAt().orElse(status.since()),
              AgentState.RESTARTING,
              what,
              Optional.empty()));
    }
  }

  private void well(AgentStatus status) {
    Incident incident = open.remove(status.id());
    if (incident != null) {
      incidents.add(
          new Incident(
              incident.agent(),
              incident.when(),
              incident.state(),
              incident.what(),
              Optional.of(wellSince(status))));
    }
  }

  private static Instant wellSince(AgentStatus status) {
    return status
        .readyAt()
        .or(() -> status.state() == AgentState.RUNNING ? status.startedAt() : Optional.empty())
        .orElse(status.since());
  }

  /** The first start of every agent that was started. */
  public synchronized Map<AgentId, CriticalPath.Start> starts() {
    return new LinkedHashMap<>(starts);
  }

  /** Everything that went wrong, the earliest first. */
  public synchronized List<Incident> incidents() {
    List<Incident> all = new ArrayList<>(incidents);
    all.addAll(open.values());
    all.sort(Comparator.comparing(Incident::when));
    return all;
  }

  /** Those that went wrong and came back. */
  public synchronized Set<AgentId> recovered() {
    Set<AgentId> agents = new LinkedHashSet<>();
    incidents.forEach(i -> agents.add(i.agent()));
    agents.removeAll(open.keySet());
    return agents;
  }

  /** Every process that was ever seen. */
  public synchronized Set<Long> pids() {
    return new LinkedHashSet<>(pids);
  }

  /** When the last agent was ready for the first time; empty when nothing was. */
  public synchronized Optional<Instant> lastReady() {
    return starts.values().stream()
        .map(CriticalPath.Start::readyAt)
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  /** When the first agent was started. */
  public synchronized Instant began() {
    return starts.values().stream()
        .map(CriticalPath.Start::startedAt)
        .min(Instant::compareTo)
        .orElse(Objects.requireNonNull(Instant.EPOCH));
  }
}
