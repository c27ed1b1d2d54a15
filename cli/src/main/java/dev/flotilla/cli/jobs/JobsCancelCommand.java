package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flotilla jobs cancel}. */
@Command(
    name = "cancel",
    description = "Call jobs off, and with them what needs them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla jobs cancel j1mk2…",
      "  flotilla jobs cancel --kind transcribe --state queued"
    })
final class JobsCancelCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private JobsChange jobs = new JobsChange();

  JobsCancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return jobs.apply(context, "cancel", "called off");
  }
}
