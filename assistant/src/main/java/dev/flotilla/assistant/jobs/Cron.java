package dev.flotilla.assistant.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A time of day, week or month that comes again, as crontab writes it, in the time zone of those
 * who wrote it: {@code 0 6 * * 1-5}.
 */
public final class Cron {
  private final ExecutionTime times;
  private final ZoneId zone;

  /**
   * @param expression five fields: minute, hour, day of month, month, day of week
   * @param zone such as {@code Europe/Berlin}
   * @throws IllegalArgumentException saying what is wrong with either
   */
  public Cron(String expression, String zone) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    this.times = ExecutionTime.forCron(parser.parse(expression).validate());
    try {
      this.zone = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time zone \"" + zone + "\" is not known", e);
    }
  }

  /** The first time after this one; empty when it never comes, such as on 31 February. */
  public Optional<Instant> next(Instant after) {
    return times.nextExecution(after.atZone(zone)).map(time -> time.toInstant());
  }
}
