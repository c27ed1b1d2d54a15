package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code flotilla jobs}: only its subcommands do something. */
@Command(
    name = "jobs",
    synopsisSubcommandLabel = "COMMAND",
    description = "See and steer the work that AsyncProcessor keeps.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla jobs submit transcribe '{\"file\":\"a.wav\"}' --wait",
      "  flotilla jobs list --state dead",
      "  flotilla jobs replay --kind transcribe"
    })
public final class JobsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  /** Its subcommands by name. */
  public static Map<String, Object> parts(Context context) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("list", new JobsListCommand(context));
    parts.put("counts", new JobsCountsCommand(context));
    parts.put("show", new JobsShowCommand(context));
    parts.put("submit", new JobsSubmitCommand(context));
    parts.put("cancel", new JobsCancelCommand(context));
    parts.put("replay", new JobsReplayCommand(context));
    parts.put("watch", new JobsWatchCommand(context));
    parts.put("schedule", new JobsScheduleCommand(context));
    parts.put("schedules", new JobsSchedulesCommand(context));
    parts.put("unschedule", new JobsUnscheduleCommand(context));
    return parts;
  }
}
