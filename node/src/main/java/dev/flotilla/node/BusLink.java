package dev.flotilla.node;

import dev.flotilla.bus.Bus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's connection to the bus. While the first cannot be made it is tried again, at longer and
 * longer intervals; one that stood mends itself. Thread-safe.
 */
final class BusLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BusLink.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final BusDoor door;
  private final CompletableFuture<Bus> bus = new CompletableFuture<>();
  private final CompletableFuture<Void> tried = new CompletableFuture<>();
  private final Thread connecting;
  private volatile String trouble = "";

  BusLink(BusDoor door) {
    this.door = door;
    this.connecting = Thread.ofVirtual().name("bus-connect").start(this::connect);
  }

  /** Done once the connection stands, and never before. */
  CompletableFuture<Bus> bus() {
    return bus;
  }

  /** Whether the connection stands; waits for the end of the first try. */
  boolean stands() {
    tried.join();
    return bus.isDone();
  }

  /** Why there is no connection, for people; empty when there is one. */
  String trouble() {
    return trouble;
  }

  private void connect() {
    Duration wait = FIRST_WAIT;
    while (!bus.isDone()) {
      try {
        Bus made = door.connect("node");
        trouble = "";
        if (!bus.complete(made)) {
          made.close();
        }
      } catch (RuntimeException e) {
        LOG.warn("no connection to the bus, trying again in {}: {}", wait, e.getMessage());
        trouble = "no connection to the bus (%s); it is tried again".formatted(e.getMessage());
      }
      tried.complete(null);
      if (!bus.isDone() && !slept(wait)) {
        return;
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private static boolean slept(Duration wait) {
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the connection, and the tries. */
  @Override
  public void close() {
    connecting.interrupt();
    if (bus.isDone() && !bus.isCompletedExceptionally()) {
      bus.join().close();
    } else {
      bus.cancel(false);
    }
  }
}
