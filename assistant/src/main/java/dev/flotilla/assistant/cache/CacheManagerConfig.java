package dev.flotilla.assistant.cache;

import java.time.Duration;
import java.util.Map;

/**
 * What can be configured.
 *
 * @param caches by name: letters, digits, - and _
 * @param redis such as {@code redis://host:6379}; empty for memory only
 * @param longestWait how long one call may wait for what another finds out
 */
public record CacheManagerConfig(
    Map<String, CacheSettings> caches, String redis, Duration longestWait) {
  public static final CacheManagerConfig DEFAULTS =
      new CacheManagerConfig(
          Map.of("default", CacheSettings.of(10_000, Duration.ofMinutes(10))),
          "",
          Duration.ofSeconds(10));

  public CacheManagerConfig {
    caches = Map.copyOf(caches);
    caches
        .keySet()
        .forEach(
            name -> {
              if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException(
                    "the name of a cache is 1 to 64 letters, digits, - and _, not \"%s\""
                        .formatted(name));
              }
            });
  }
}
