package dev.flotilla.plan.gate;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What gates ask of the fleet and of scans. Each answer is empty when nobody can tell. */
public interface Facts {
  /** The present value of a metric, or empty. */
  OptionalDouble metric(String name);

  /**
   * How long all required agents have been healthy; zero when one is not; empty without a fleet.
   */
  Optional<Duration> healthyFor();

  /** How many findings at or above a severity the latest scan of this workspace has. */
  OptionalInt findings(String severity);

  /** Without a fleet and without scans. */
  Facts NONE =
      new Facts() {
        @Override
        public OptionalDouble metric(String name) {
          return OptionalDouble.empty();
        }

        @Override
        public Optional<Duration> healthyFor() {
          return Optional.empty();
        }

        @Override
        public OptionalInt findings(String severity) {
          return OptionalInt.empty();
        }
      };
}
