package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flotilla jobs replay}. */
@Command(
    name = "replay",
    description = "Give dead or cancelled jobs another life.",
    footerHeading = "%nExamples:%n",
    footer = {"  flotilla jobs replay j1mk2…", "  flotilla jobs replay --kind transcribe"})
final class JobsReplayCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private JobsChange jobs = new JobsChange();

  JobsReplayCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return jobs.apply(context, "replay", "given another life");
  }
}
