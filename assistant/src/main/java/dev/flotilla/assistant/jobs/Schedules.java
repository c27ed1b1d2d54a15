package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The schedules, kept beside the jobs. A time that passed while nobody was there is made up for
 * once, however many there were. Each time has the key {@code schedule/name/time}, so that it gives
 * one job even when the node dies between submitting and noting it. Thread-safe.
 */
public final class Schedules {
  private final JobTable jobs;
  private final Ledger ledger;
  private final InstantSource clock;

  public Schedules(JobTable jobs, InstantSource clock) {
    this.jobs = jobs;
    this.ledger = jobs.ledger();
    this.clock = clock;
  }

  /**
   * Adds one, or puts it in place of the one of its name.
   *
   * @throws IllegalArgumentException when the cron expression or the zone cannot be read, or never
   *     comes
   */
  public Schedule put(
      String name, String kind, JsonNode payload, int priority, String cron, String zone) {
    Instant next =
        new Cron(cron, zone)
            .next(clock.instant())
            .orElseThrow(
                () -> new IllegalArgumentException("\"" + cron + "\" is a time that never comes"));
    Schedule schedule = new Schedule(name, kind, payload, priority, cron, zone, next);
    return ledger.write(
        connection -> {
          var _ = Sql.update(connection, "DELETE FROM schedules WHERE name = ?", name);
          var _ =
              Sql.update(
                  connection,
                  """
                  INSERT INTO schedules (name, kind, payload, priority, cron, zone, next_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)\
                  """,
                  name,
                  kind,
                  Wire.text(payload),
                  priority,
                  cron,
                  zone,
                  next);
          return schedule;
        });
  }

  /** Takes one away; false when there was none of the name. */
  public boolean remove(String name) {
    return ledger.write(
        connection -> Sql.update(connection, "DELETE FROM schedules WHERE name = ?", name) == 1);
  }

  public List<Schedule> list() {
    return ledger.read(
        connection ->
            Sql.query(
                connection,
                row ->
                    new Schedule(
                        row.getString("name"),
                        row.getString("kind"),
                        JobRow.json(row.getString("payload")),
                        row.getInt("priority"),
                        row.getString("cron"),
                        row.getString("zone"),
                        Instant.ofEpochMilli(row.getLong("next_at"))),
                "SELECT * FROM schedules ORDER BY name"));
  }

  /** Submits what is due; gives the jobs. */
  public List<Job> submitDue() {
    Instant now = clock.instant();
    List<Job> submitted = new ArrayList<>();
    for (Schedule schedule : list()) {
      if (schedule.nextAt().isAfter(now)) {
        continue;
      }
      Submission plain = Submission.of(schedule.kind(), schedule.payload(), now);
      String key = "schedule/%s/%s".formatted(schedule.name(), schedule.nextAt());
      submitted.addAll(
          jobs.submit(
              List.of(
                  new Submission(
                      plain.kind(),
                      plain.payload(),
                      schedule.priority(),
                      now,
                      plain.maxAttempts(),
                      plain.backoff(),
                      plain.keepFor(),
                      Optional.of(key),
                      List.of()))));
      Optional<Instant> next = new Cron(schedule.cron(), schedule.zone()).next(now);
      var _ =
          ledger.write(
              connection ->
                  next.isPresent()
                      ? Sql.update(
                          connection,
                          "UPDATE schedules SET next_at = ? WHERE name = ?",
                          next.get(),
                          schedule.name())
                      : Sql.update(
                          connection, "DELETE FROM schedules WHERE name = ?", schedule.name()));
    }
    return submitted;
  }
}
