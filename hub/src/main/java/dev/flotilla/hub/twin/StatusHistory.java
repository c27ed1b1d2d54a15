package dev.flotilla.hub.twin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What agents were seen to be, as far back as the limit allows: a first picture and the changes
 * since. When there are too many changes, the oldest are folded into the picture. Not thread-safe.
 */
public final class StatusHistory {
  private final int limit;
  private final Map<AgentId, AgentStatus> picture = new LinkedHashMap<>();
  private final Deque<Moment> changes = new ArrayDeque<>();
  private final Map<AgentId, AgentStatus> now = new LinkedHashMap<>();
  private Instant begins = Instant.MAX;

  /**
   * A change.
   *
   * @param at when it was seen
   */
  public record Moment(Instant at, AgentStatus status) {}

  /**
   * @param limit how many changes are kept, at least 1
   */
  public StatusHistory(int limit) {
    this.limit = limit;
  }

  /** Notes what was seen; gives whether it was a change. */
  public boolean add(Moment moment) {
    if (moment.status().equals(now.put(moment.status().id(), moment.status()))) {
      return false;
    }
    if (begins.equals(Instant.MAX)) {
      begins = moment.at();
    }
    changes.addLast(moment);
    while (changes.size() > limit) {
      Moment oldest = changes.removeFirst();
      picture.put(oldest.status().id(), oldest.status());
      begins = oldest.at();
    }
    return true;
  }

  /** All that is needed to make it again: the picture as moments at its time, then the changes. */
  public List<Moment> moments() {
    List<Moment> all = new ArrayList<>();
    picture.values().forEach(status -> all.add(new Moment(begins, status)));
    all.addAll(changes);
    return all;
  }

  /** From when on it can tell; empty before anything was seen. */
  public Optional<Instant> begins() {
    return begins.equals(Instant.MAX) ? Optional.empty() : Optional.of(begins);
  }

  /** Every agent that was ever seen. */
  public Set<AgentId> agents() {
    return Set.copyOf(now.keySet());
  }

  /** What every agent was at the given time. */
  public Map<AgentId, AgentStatus> at(Instant time) {
    Map<AgentId, AgentStatus> then = new LinkedHashMap<>(picture);
    for (Moment change : changes) {
      if (change.at().isAfter(time)) {
        break;
      }
      then.put(change.status().id(), change.status());
    }
    return Collections.unmodifiableMap(then);
  }

  /** The last changes, the newest first. */
  public List<Moment> latest(Optional<AgentId> agent, Optional<Instant> since, int most) {
    List<Moment> found = new ArrayList<>();
    for (Moment change : (Iterable<Moment>) changes::descendingIterator) {
      if (found.size() >= most || since.map(change.at()::isBefore).orElse(false)) {
        break;
      }
      if (agent.map(change.status().id()::equals).orElse(true)) {
        found.add(change);
      }
    }
    return found;
  }
}
