package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Served;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Scans the workspace for gates: once for the lines of one gate. Thread-safe. */
final class ScanFacts {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Path workspace;
  private final Clock clock;
  private Instant scanned = Instant.EPOCH;
  private List<Finding> findings = List.of();

  ScanFacts(Path workspace, Clock clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  synchronized OptionalInt findings(String severity) {
    Severity least = severity(severity);
    Served.onlyByOneself();
    Instant now = clock.instant();
    if (scanned.plus(FRESH).isBefore(now)) {
      try {
        findings = Scan.run(ScanRequest.of(workspace)).findings();
      } catch (IOException e) {
        return OptionalInt.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return OptionalInt.empty();
      }
      scanned = now;
    }
    return OptionalInt.of((int) findings.stream().filter(f -> f.severity().atLeast(least)).count());
  }

  private static Severity severity(String word) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new PlanRefused(
                    "gate",
                    "the severity " + word,
                    "critical, high, medium or low",
                    "name one of them in the gate"));
  }
}
