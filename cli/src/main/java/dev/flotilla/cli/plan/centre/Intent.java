package dev.flotilla.cli.plan.centre;

/** What a key asks the centre to do beside showing something else. */
sealed interface Intent {
  /** Things done at once. */
  enum Act implements Intent {
    NOTHING,
    QUIT,
    ACKNOWLEDGE,
    CLAIM,
    INTERRUPT,
    RESUME
  }

  /** Things done with an answer. */
  record Answered(Question question) implements Intent {}
}
