package dev.flotilla.assistant.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time of day, week or month that comes again, as crontab writes it, in the time zone of those
 * who wrote it: {@code 0 6 * * 1-5}. Where the clocks are put forward or back, a time of named
 * hours still comes once: as much later as the clocks leave out, and the first time of two; what
 * comes in every hour goes on by elapsed time.
 */
public final class Cron {
  /** Minutes, hours and the rest. */
  private static final Pattern HOURS = Pattern.compile("^\\s*\\S+\\s+(\\S+).*$");

  private final ExecutionTime times;
  private final ZoneId zone;
  private final boolean namedHours;

  /**
   * @param expression five fields: minute, hour, day of month, month, day of week
   * @param zone such as {@code Europe/Berlin}
   * @throws IllegalArgumentException saying what is wrong with either
   */
  public Cron(String expression, String zone) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    this.times = ExecutionTime.forCron(parser.parse(expression).validate());
    this.namedHours = !HOURS.matcher(expression).replaceFirst("$1").startsWith("*");
    try {
      this.zone = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time zone \"" + zone + "\" is not known", e);
    }
  }

  /** The first time after this one; empty when it never comes, such as on 31 February. */
  public Optional<Instant> next(Instant after) {
    if (!namedHours) {
      return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }
    Optional<ZonedDateTime> local =
        times.nextExecution(after.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC));
    while (local.isPresent()) {
      Instant next = local.get().toLocalDateTime().atZone(zone).toInstant();
      if (next.isAfter(after)) {
        return Optional.of(next);
      }
      local = times.nextExecution(local.get());
    }
    return Optional.empty();
  }
}
