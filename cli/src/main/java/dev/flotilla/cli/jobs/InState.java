package dev.flotilla.cli.jobs;

import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --state}, as several commands take it. */
final class InState {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only blocked, queued, running, done, dead or cancelled ones.")
  private String state = "";

  boolean isGiven() {
    return !state.isEmpty();
  }

  /** As a part of a request; empty when it is not given. */
  Map<String, Object> request() {
    return isGiven() ? Map.of("state", state) : Map.of();
  }
}
