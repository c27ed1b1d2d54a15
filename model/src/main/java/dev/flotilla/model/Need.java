package dev.flotilla.model;

/**
 * Something that must hold before an agent starts.
 *
 * @param agent on whom it waits
 * @param where the place in the manifest that says so
 */
public record Need(AgentId agent, Condition condition, Position where) {

  /** What must be true of the other agent. */
  public sealed interface Condition {}

  /** Its process runs. */
  public record Started() implements Condition {}

  /** Its readiness probe passes. The default. */
  public record Healthy() implements Condition {}

  /** It ended with exit code 0. */
  public record Completed() implements Condition {}

  /**
   * Its log has had a line that contains the text since its last start.
   *
   * @param text not empty
   */
  public record LogLine(String text) implements Condition {}
}
