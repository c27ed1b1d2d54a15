package dev.flotilla.assistant.cache;

import java.util.Optional;

/**
 * Where entries are also kept for other processes and for the time after a restart. It never fails
 * its caller: while it cannot be reached it has nothing. Thread-safe.
 */
public interface SecondLevel extends AutoCloseable {
  Optional<Cached> get(String cache, String key);

  void put(String cache, String key, Cached entry);

  /** Once it has returned, or is reachable again, nothing covered is given any more. */
  void invalidate(Invalidation invalidation);

  /** Why it cannot be reached; empty while it can. */
  Optional<String> trouble();

  @Override
  void close();
}
