package dev.flotilla.assistant.builtin;

import java.util.Optional;

/** One kind of question the engine can answer. */
interface Topic {

  /** As in logs and explanations: {@code unhealthy}. */
  String name();

  /** A question it answers, shown to who asks what can be asked. */
  String example();

  /** The answer, or empty when the question is about something else. Asked in order. */
  Optional<String> answer(Question question, Facts facts);
}
