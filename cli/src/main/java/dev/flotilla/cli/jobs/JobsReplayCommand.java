package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs replay}. */
@Command(
    name = "replay",
    description = "Give dead or cancelled jobs another life.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs replay j1mk2…")
final class JobsReplayCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
  private List<String> ids = List.of();

  JobsReplayCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return JobsChange.each(context, "replay", ids);
  }
}
