package dev.flotilla.assistant.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the operations of the CacheManager take and give. */
final class CacheRequests {
  private CacheRequests() {}

  /**
   * @param patience how long to wait for what another finds out; not at all unless said
   */
  record Get(String cache, String key, Optional<Duration> patience) {}

  /**
   * @param known whether anything is known of the key
   * @param value empty when what is known is that there is none
   * @param ticket the caller is to find out, and to put it with this; nobody else is asked to
   */
  record Got(
      boolean known,
      Optional<JsonNode> value,
      List<String> tags,
      Optional<Instant> until,
      Optional<String> ticket) {}

  /**
   * @param value left out to keep that there is none
   * @param ticket of the get that asked the caller to find out
   */
  record Put(
      String cache,
      String key,
      Optional<JsonNode> value,
      List<String> tags,
      Optional<Duration> ttl,
      Optional<String> ticket) {}

  record Kept(Instant until) {}

  record GiveUp(String cache, String key, String ticket) {}

  record GivenUp(boolean givenUp) {}

  record Invalidate(String cache, List<String> keys, List<String> tags, Optional<Boolean> all) {}

  record Invalidated(int entries) {}

  /**
   * @param trouble why Redis cannot be reached, while it cannot
   */
  record Statistics(List<CacheStatistics> caches, Optional<String> trouble) {}
}
