package dev.flotilla.assistant.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept under a key.
 *
 * @param value empty when what is known is that there is none
 * @param tags words by which it can be ended together with others
 * @param until how long it is good
 */
public record Cached(Optional<JsonNode> value, Set<String> tags, Instant until) {
  public Cached {
    tags = Set.copyOf(tags);
  }

  /**
   * What somebody found out.
   *
   * @param ttl how long it is good; as the cache is set unless said
   */
  public record Fresh(Optional<JsonNode> value, Set<String> tags, Optional<Duration> ttl) {
    public static Fresh of(JsonNode value, String... tags) {
      return new Fresh(Optional.of(value), Set.of(tags), Optional.empty());
    }

    public static Fresh missing() {
      return new Fresh(Optional.empty(), Set.of(), Optional.empty());
    }
  }

  int bytes() {
    return value.map(v -> Wire.json(v).length).orElse(0) + 64;
  }
}
