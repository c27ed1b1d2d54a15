package dev.flotilla.assistant.cache;

import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a cache keeps. What is left out has no limit, but for {@code size} and {@code ttl}.
 *
 * @param size most entries; 10,000 unless said
 * @param weight most bytes, of keys and of values as JSON; takes the place of {@code size}
 * @param ttl how long an entry is good; ten minutes unless said
 * @param refreshAhead so long before its end an entry that is asked for is made anew, while the old
 *     one is still given
 * @param negative how long "there is none" is good; 30 seconds unless said, and never longer than
 *     {@code ttl}
 * @param invalidateOn events that end entries: the subject after {@code flotilla.event.} to the tag
 *     of the entries, or {@code *} for all of them
 * @param shared whether it is also kept in Redis, where there is one; it is unless said
 */
public record CacheSettings(
    Optional<Long> size,
    Optional<Bytes> weight,
    Optional<Duration> ttl,
    Optional<Duration> refreshAhead,
    Optional<Duration> negative,
    Map<String, String> invalidateOn,
    Optional<Boolean> shared) {
  private static final long USUAL_SIZE = 10_000;
  private static final Duration USUAL_TTL = Duration.ofMinutes(10);
  private static final Duration USUAL_NEGATIVE = Duration.ofSeconds(30);

  public CacheSettings {
    invalidateOn = Map.copyOf(invalidateOn);
    positive("size", size.map(n -> n > 0).orElse(true));
    positive("ttl", ttl.map(Duration::isPositive).orElse(true));
    positive("negative", negative.map(Duration::isPositive).orElse(true));
    if (refreshAhead.isPresent()
        && (!refreshAhead.get().isPositive()
            || refreshAhead.get().compareTo(ttl.orElse(USUAL_TTL)) >= 0)) {
      throw new IllegalArgumentException("refreshAhead must be shorter than ttl, and not nothing");
    }
  }

  public static CacheSettings of(long size, Duration ttl) {
    return new CacheSettings(
        Optional.of(size),
        Optional.empty(),
        Optional.of(ttl),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  long mostEntries() {
    return size.orElse(USUAL_SIZE);
  }

  Duration good(boolean missing) {
    Duration usual = ttl.orElse(USUAL_TTL);
    Duration none = negative.orElse(USUAL_NEGATIVE);
    return missing && none.compareTo(usual) < 0 ? none : usual;
  }

  private static void positive(String field, boolean is) {
    if (!is) {
      throw new IllegalArgumentException(field + " must be more than nothing");
    }
  }
}
