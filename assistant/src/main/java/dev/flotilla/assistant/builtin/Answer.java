package dev.flotilla.assistant.builtin;

import java.util.Optional;

/**
 * What the engine says.
 *
 * @param topic what it took the question to be about, such as {@code unhealthy}
 * @param text for the one who asked
 * @param memory something it was asked to remember, subject and statement
 */
public record Answer(String topic, String text, Optional<Memory> memory) {

  /** Something to remember. */
  public record Memory(String subject, String statement) {}

  static Answer of(String topic, String text) {
    return new Answer(topic, text, Optional.empty());
  }
}
