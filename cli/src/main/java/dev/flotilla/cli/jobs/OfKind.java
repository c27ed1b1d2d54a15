package dev.flotilla.cli.jobs;

import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --kind}, as several commands take it. */
final class OfKind {
  @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
  private String kind = "";

  boolean isGiven() {
    return !kind.isEmpty();
  }

  /** As a part of a request; empty when it is not given. */
  Map<String, Object> request() {
    return isGiven() ? Map.of("kind", kind) : Map.of();
  }
}
