package dev.flotilla.hub.twin;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.fleet.AgentLookup;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the twin knows and has known; written down as it comes in. Thread-safe. */
final class Memory {
  private static final Logger log = LoggerFactory.getLogger(Memory.class);
  private static final int MOST_CHANGES = 1_000;

  private final StatusHistory history;
  private final Starts starts = new Starts();
  private final TwinStore store;
  private final InstantSource time;
  private FleetView view;
  private Optional<String> writeFailure = Optional.empty();

  Memory(int limit, TwinStore store, InstantSource time, FleetView unknown) {
    this.history = new StatusHistory(limit);
    this.store = store;
    this.time = time;
    this.view = unknown;
    store
        .found()
        .forEach(
            moment -> {
              history.add(moment);
              starts.see(moment.status());
            });
  }

  synchronized void changed(FleetView before, FleetView after) {
    view = after;
    for (AgentStatus status : after.observed().values()) {
      if (!status.equals(before.observed().get(status.id()))) {
        note(new StatusHistory.Moment(time.instant(), status));
      }
    }
  }

  private void note(StatusHistory.Moment moment) {
    starts.see(moment.status());
    if (!history.add(moment)) {
      return;
    }
    try {
      store.write(moment, history);
      writeFailure = Optional.empty();
    } catch (IOException e) {
      if (writeFailure.isEmpty()) {
        log.warn("The twin's history cannot be written: {}", e.getMessage());
      }
      writeFailure = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  synchronized TwinDesk desk() {
    return new TwinDesk(view, starts.all(), time.instant());
  }

  synchronized Answers.History history(Answers.HistoryQuestion asked) {
    Optional<AgentId> agent = asked.agent().map(this::agent);
    int limit = Math.clamp(asked.limit().orElse(100), 1, MOST_CHANGES);
    return new Answers.History(history.begins(), history.latest(agent, asked.since(), limit));
  }

  /** An agent of now or of then. */
  private AgentId agent(String written) {
    return AgentLookup.of(written, history.agents()) instanceof AgentLookup.Found(AgentId id)
        ? id
        : desk().agent(written);
  }

  synchronized Answers.Snapshot snapshot(Answers.SnapshotQuestion asked) {
    return new Answers.Snapshot(
        asked.at(), history.begins(), List.copyOf(history.at(asked.at()).values()));
  }

  synchronized Health health() {
    return writeFailure
        .<Health>map(why -> Health.degraded("the history cannot be written: " + why))
        .orElseGet(Health::ok);
  }
}
