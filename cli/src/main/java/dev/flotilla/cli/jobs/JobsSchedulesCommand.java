package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla jobs schedules}. */
@Command(
    name = "schedules",
    description = "Show the work that comes again, and when it comes next.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs schedules")
final class JobsSchedulesCommand implements Callable<Integer> {
  private static final DateTimeFormatter NEXT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.UK);

  private final Context context;

  JobsSchedulesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    show(context, new JobsClient(context).call("schedules", Map.of()));
    return ExitCode.OK;
  }

  static void show(Context context, JsonNode schedules) {
    if (context.options().json()) {
      context.printJson(schedules);
    } else if (schedules.path("schedules").isEmpty()) {
      context.screen().line("There are no schedules.");
    } else {
      Table table =
          new Table(
              Column.left("NAME"),
              Column.left("KIND"),
              Column.left("WHEN"),
              Column.left("ZONE"),
              Column.left("NEXT"),
              Column.left("PAYLOAD"));
      for (JsonNode each : schedules.path("schedules")) {
        table.row(
            new Cell(each.path("name").asText(), Style.BOLD),
            Cell.of(each.path("kind").asText()),
            Cell.of(each.path("cron").asText()),
            Cell.of(each.path("zone").asText()),
            Cell.of(next(each)),
            new Cell(each.path("payload").toString(), Style.DIM));
      }
      context.screen().table(table);
    }
  }

  /** In the zone of the schedule. */
  private static String next(JsonNode schedule) {
    return NEXT.format(
        Instant.parse(schedule.path("nextAt").asText())
            .atZone(ZoneId.of(schedule.path("zone").asText())));
  }
}
