package dev.flotilla.assistant.builtin;

import java.util.Optional;
import java.util.Set;

/**
 * What the engine says.
 *
 * @param topic what it took the question to be about, such as {@code unhealthy}
 * @param text for the one who asked
 * @param memory something it was asked to remember, subject and statement
 * @param forgotten the subjects it was asked to forget
 */
public record Answer(String topic, String text, Optional<Memory> memory, Set<String> forgotten) {
  public Answer {
    forgotten = Set.copyOf(forgotten);
  }

  /** Something to remember. */
  public record Memory(String subject, String statement) {}

  static Answer of(String topic, String text) {
    return new Answer(topic, text, Optional.empty(), Set.of());
  }
}
