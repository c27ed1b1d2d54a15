package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.JsonArgument;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs schedule}. */
@Command(
    name = "schedule",
    description = "Have work submitted again and again, or change when.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs schedule inventory scan '0 6 * * 1-5' --zone Asia/Manila")
final class JobsScheduleCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "NAME", description = "Of the schedule.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "KIND", description = "What sort of work.")
  private String kind = "";

  @Parameters(
      index = "2",
      paramLabel = "CRON",
      description = "Minute, hour, day of month, month, day of week, in quotes.")
  private String cron = "";

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "What the worker needs to know; {} when left out.")
  private String payload = "{}";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Such as Europe/Berlin; UTC when left out.")
  private String zone = "UTC";

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Larger goes first; 0 when left out.")
  private int priority;

  JobsScheduleCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JobsSchedulesCommand.show(
        context,
        new JobsClient(context)
            .call(
                "put-schedule",
                Map.of(
                    "name", name,
                    "kind", kind,
                    "cron", cron,
                    "zone", zone,
                    "priority", priority,
                    "payload", JsonArgument.read(payload, "payload", "{\"file\":\"a.wav\"}"))));
    return ExitCode.OK;
  }
}
