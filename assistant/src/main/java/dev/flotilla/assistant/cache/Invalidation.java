package dev.flotilla.assistant.cache;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What is not good any more.
 *
 * @param all everything in the cache
 * @param origin who found out; an instance hears its own word again and passes it over
 */
public record Invalidation(
    String cache, List<String> keys, List<String> tags, boolean all, String origin) {
  public Invalidation {
    keys = List.copyOf(keys);
    tags = List.copyOf(tags);
  }

  boolean covers(String key, Collection<String> tagged) {
    return all || keys.contains(key) || !Collections.disjoint(tags, tagged);
  }
}
