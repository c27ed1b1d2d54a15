package dev.flotilla.plan.gate;

import java.time.Duration;

/** One line of a gate. */
public sealed interface Condition {
  /** The line as written, which also names it in the log. */
  String text();

  /** A command exits with 0. */
  record Command(String text, String command) implements Condition {}

  /** The number a command prints. */
  record Value(String text, String name, String command, Threshold threshold)
      implements Condition {}

  /** A value of the fleet's metrics. */
  record Metric(String text, String name, Threshold threshold) implements Condition {}

  /** A scan finds nothing of this severity or above. */
  record NoFindings(String text, String severity) implements Condition {}

  /** All required agents have been healthy this long. */
  record Healthy(String text, Duration time) implements Condition {}

  /** A file of the workspace exists; with a hash unless {@code sha256} is empty. */
  record FileExists(String text, String path, String sha256) implements Condition {}

  /** This person or agent acknowledged the phase's IMPORTANT NOTE as it now reads. */
  record Acknowledged(String text, String name) implements Condition {}

  /**
   * The actor states at least this confidence.
   *
   * @param percent 0 to 100
   * @param calibrated whether the figure is corrected by how often the actor was right
   */
  record Confidence(String text, double percent, boolean calibrated) implements Condition {}

  /** Whether a program decides it, not a person's word. */
  default boolean verifies() {
    return switch (this) {
      case Command c -> true;
      case Value v -> true;
      case Metric m -> true;
      case NoFindings n -> true;
      case Healthy h -> true;
      case FileExists f -> true;
      case Acknowledged a -> false;
      case Confidence c -> false;
    };
  }
}
