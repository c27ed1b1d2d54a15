package dev.flotilla.kernel.flags;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Flag;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flags as another process keeps them: read from memory, changed by events at once, and listed
 * again from time to time because an event can be lost. While nobody answers, what was last known
 * holds.
 */
public final class FlagClient implements Flags, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FlagClient.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Calls calls;
  private final Subscription events;
  private final Timers.Timer refreshes;
  private long seen;
  private volatile Map<String, Flag> current;

  /**
   * Begins to follow; {@link #refresh} has been tried once when it returns.
   *
   * @param initial what holds until the store has answered, such as the manifest's flags
   */
  public FlagClient(Bus bus, Calls calls, Timers timers, Map<String, Flag> initial) {
    this.calls = calls.within(PATIENCE);
    this.current = Map.copyOf(initial);
    this.events = bus.subscribe(FlagOperations.EVENTS + ">", "", this::accept);
    refresh();
    this.refreshes = timers.every(PERIOD, this::refresh);
  }

  @Override
  public Map<String, Flag> all() {
    return current;
  }

  /** Asks the store for all flags; when it does not answer, nothing changes. */
  public void refresh() {
    long before = seen();
    try {
      FlagOperations.Listing listing =
          calls.call(
              FlagOperations.SERVICE,
              "list",
              new Operation.Nothing(),
              FlagOperations.Listing.class);
      Map<String, Flag> listed = new LinkedHashMap<>();
      listing.flags().forEach(state -> listed.put(state.flag().name(), state.flag()));
      replace(listed, before);
    } catch (OperationException e) {
      log.debug("Flags stay as last known: {}", e.getMessage());
    }
  }

  private void accept(Message event) {
    try {
      FlagChange change = Wire.read(event.data(), FlagChange.class);
      synchronized (this) {
        Map<String, Flag> next = new LinkedHashMap<>(current);
        next.put(change.flag(), change.now());
        current = next;
        seen++;
      }
    } catch (UncheckedIOException e) {
      log.warn("Not a flag event on {}: {}", event.subject(), e.getMessage());
    }
  }

  private synchronized long seen() {
    return seen;
  }

  /** Takes a listing unless an event came while it was under way, which may be newer. */
  private synchronized void replace(Map<String, Flag> listed, long before) {
    if (seen == before) {
      current = listed;
    }
  }

  @Override
  public void close() {
    refreshes.close();
    events.close();
  }
}
