package dev.flotilla.cli.jobs;

import dev.flotilla.cli.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla jobs cancel}. */
@Command(
    name = "cancel",
    description = "Call jobs off, and with them what needs them.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs cancel j1mk2…")
final class JobsCancelCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
  private List<String> ids = List.of();

  JobsCancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return JobsChange.each(context, "cancel", ids);
  }
}
