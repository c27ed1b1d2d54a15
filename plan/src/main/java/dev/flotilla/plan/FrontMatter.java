package dev.flotilla.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines between the two {@code ---} at the top of a plan.
 *
 * @param entries by key, in the order of the file
 * @param end the start of the closing line, where a new key goes; 0 when there is no front matter
 * @param after the first character after the closing line
 */
public record FrontMatter(Map<String, Entry> entries, int end, int after) {

  /** A value without its quotes, and the place of the value as written. */
  public record Entry(String value, Span span, int line) {}

  public FrontMatter {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The value of a key, empty when it is not there. */
  public String value(String key) {
    Entry entry = entries.get(key);
    return entry == null ? "" : entry.value();
  }
}
