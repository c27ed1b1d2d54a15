package dev.flotilla.node.core;

import dev.flotilla.model.Probe;
import java.util.Optional;

/**
 * What one probe has seen in one run of an agent.
 *
 * @param passed whether it ever passed
 * @param passing whether it counts as passing now
 * @param failures that count, in a row
 * @param lastCounted when the last of them was
 * @param detail what the last answer said, empty when it passed
 */
public record ProbeHistory(
    boolean passed, boolean passing, int failures, Optional<Moment> lastCounted, String detail) {
  public static final ProbeHistory NONE =
      new ProbeHistory(false, false, 0, Optional.empty(), "has not answered yet");

  static final ProbeHistory PASSING = new ProbeHistory(true, true, 0, Optional.empty(), "");

  /** One answer. */
  public record Answer(boolean ok, String detail) {
    public static final Answer OK = new Answer(true, "");

    public static Answer failed(String detail) {
      return new Answer(false, detail);
    }
  }

  /** Whether it failed as often in a row as makes an agent unhealthy. */
  public boolean exhausted(Probe probe) {
    return failures >= probe.failures();
  }

  /**
   * Folds in one answer. Failures in the start period do not count, nor do those that follow each
   * other faster than the probe's interval: until an agent first answers it is asked in quick
   * succession.
   */
  public ProbeHistory with(Answer answer, Probe probe, Moment started, Moment now) {
    if (answer.ok()) {
      return new ProbeHistory(true, true, 0, Optional.empty(), "");
    }
    boolean early = now.since(started).compareTo(probe.startPeriod()) < 0 && !passed;
    boolean quick =
        !passed && now.since(lastCounted.orElse(started)).compareTo(probe.interval()) < 0;
    if (early || quick) {
      return new ProbeHistory(passed, passing, failures, lastCounted, answer.detail());
    }
    int counted = failures + 1;
    return new ProbeHistory(
        passed, passing && counted < probe.failures(), counted, Optional.of(now), answer.detail());
  }
}
