package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A supervisor under measurement. For one thread; used once: prepare, start, stop. */
interface Peer {
  String name();

  /** Its version; empty when it is not on this machine. */
  Optional<String> version();

  /** Whether it asks agents how they are. */
  default boolean probes() {
    return false;
  }

  /** Writes its configuration, and starts what must run beforehand. */
  void prepare(Site site) throws IOException, InterruptedException;

  /** Starts all agents; need not wait for them. */
  void start() throws IOException, InterruptedException;

  /** Stops all agents and the supervisor; returns when it believes that all have ended. */
  void stop() throws IOException, InterruptedException;

  /** The processes of the supervisor itself. */
  List<Long> supervisors();
}
