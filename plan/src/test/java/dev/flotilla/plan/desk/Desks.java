package dev.flotilla.plan.desk;

import dev.flotilla.plan.gate.Facts;
import dev.flotilla.plan.run.Masks;
import dev.flotilla.plan.run.ProcessShell;
import dev.flotilla.plan.store.ForcedDisk;
import dev.flotilla.plan.store.PlanStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

/** Desks for tests: a clock that is set by hand, and no repository. */
final class Desks {
  private Desks() {}

  /** A clock that stands until it is moved. */
  static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  static Desk of(Path folder, Clock clock, Facts facts) {
    PlanStore store =
        new PlanStore(
            folder.resolve("plans"),
            new ForcedDisk(),
            clock,
            new Random(9),
            Duration.ofSeconds(10));
    Map<String, String> environment = Map.of("DEPLOY_TOKEN", "s3cr3t-value", "HOME", "/root");
    return new Desk(
        store,
        "ana",
        clock,
        folder,
        Repository.NONE,
        facts,
        new ProcessShell(Masks.of(environment)),
        environment);
  }
}
